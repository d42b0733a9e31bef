#include "app/widgets/elided_label.h"

#include <QFontMetrics>
#include <QPainter>

namespace app {

ElidedLabel::ElidedLabel(Type type, Color ink, QWidget *parent)
    : QWidget(parent)
    , m_type(type)
    , m_ink(ink)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(app::font(m_type));
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const { return {24, sizeHint().height()}; }

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(app::font(m_type));
    painter.setPen(color(isEnabled() ? m_ink : Color::TextDisabled));
    const QString shown = painter.fontMetrics().elidedText(m_text, Qt::ElideRight, width());
    setToolTip(shown == m_text ? QString() : m_text);
    if (shown.size() <= 1 && shown != m_text)
        return; // dots alone say nothing
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
}

} // namespace app
