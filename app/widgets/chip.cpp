#include "app/widgets/chip.h"

#include "app/widgets/icons.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int chipHeight = 20;
constexpr double padding = 6;
constexpr double crossSize = 12;

} // namespace

Chip::Chip(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::setRemovable(bool removable)
{
    m_removable = removable;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const double words = QFontMetricsF(app::font(Type::Caption)).horizontalAdvance(text());
    return {static_cast<int>(std::ceil(words + 2 * padding + (m_removable ? crossSize + 4 : 0))),
        chipHeight};
}

QRectF Chip::cross() const
{
    return {width() - padding - crossSize + 2, (height() - crossSize) / 2.0, crossSize, crossSize};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() || currentTheme() == ThemeKind::HighContrast
                       ? QPen(color(Color::Accent), 1)
                       : QPen(Qt::NoPen));
    painter.setBrush(color(Color::AccentTint));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(color(Color::Accent));
    painter.setFont(app::font(Type::Caption));
    painter.drawText(QRectF(padding, 0, width() - padding, height()),
        Qt::AlignVCenter | Qt::TextSingleLine, text());
    if (m_removable)
        paintIcon(painter, u"close"_s, cross(), color(Color::Accent));
}

void Chip::mousePressEvent(QMouseEvent *event)
{
    if (m_removable && cross().adjusted(-4, -4, 4, 4).contains(event->position()))
        emit removalAsked();
    else
        QAbstractButton::mousePressEvent(event);
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (m_removable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        emit removalAsked();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace app
