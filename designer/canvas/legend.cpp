#include "designer/canvas/legend.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace designer {

namespace {

constexpr double padding = 12, gap = 20, sign = 24, signGap = 8;

QStringList words()
{
    //: Legend of the run overlay: a green line, a filled disc, a dashed line.
    return {Legend::tr("passed"), Legend::tr("stands here"), Legend::tr("not reached")};
}

} // namespace

Legend::Legend(const FlowStyle &style, QWidget *parent)
    : QWidget(parent)
    , m_style(style)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize Legend::sizeHint() const
{
    const QFontMetricsF metrics(m_style.subtitle);
    double width = 2 * padding + 2 * gap;
    for (const QString &word : words())
        width += sign + signGap + metrics.horizontalAdvance(word);
    return {int(std::ceil(width)), 28};
}

void Legend::paintEvent(QPaintEvent *)
{
    using app::Color;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_style[Color::Border]);
    painter.setBrush(m_style[Color::Panel]);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setFont(m_style.subtitle);
    const QFontMetricsF metrics(m_style.subtitle);
    const double middle = height() / 2.0;
    double x = padding;
    for (int i = 0; i < words().size(); ++i) {
        if (i == 1) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_style[Color::WaitMark]);
            painter.drawEllipse(QPointF(x + sign / 2, middle), 5, 5);
        } else {
            QPen pen(m_style[i == 0 ? Color::EdgeTaken : Color::EdgeUnreached], i == 0 ? 2.5 : 1.5);
            pen.setCapStyle(Qt::FlatCap);
            if (i == 2)
                pen.setDashPattern({4 / 1.5, 4 / 1.5});
            painter.setPen(pen);
            painter.drawLine(QPointF(x, middle), QPointF(x + sign, middle));
        }
        x += sign + signGap;
        painter.setPen(m_style[Color::Text2]);
        const double width = metrics.horizontalAdvance(words()[i]);
        painter.drawText(QRectF(x, 0, width + 4, height()), int(Qt::AlignVCenter), words()[i]);
        x += width + gap;
    }
}

} // namespace designer
