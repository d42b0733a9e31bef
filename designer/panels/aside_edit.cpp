#include "designer/panels/aside_edit.h"

#include "app/widgets/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace designer {
namespace {

constexpr int gap = 8;

} // namespace

AsideEdit::AsideEdit(QWidget *parent)
    : QLineEdit(parent)
{}

void AsideEdit::setAside(const QString &aside)
{
    if (aside == m_aside)
        return;
    m_aside = aside;
    const QFontMetrics metrics(app::font(app::Type::Mono));
    setTextMargins(0, 0, aside.isEmpty() ? 0 : metrics.horizontalAdvance(aside) + gap, 0);
    setAccessibleDescription(aside);
    update();
}

void AsideEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (m_aside.isEmpty())
        return;
    QPainter painter(this);
    painter.setFont(app::font(app::Type::Mono));
    painter.setPen(app::color(app::Color::Text3));
    painter.drawText(
        rect().adjusted(gap, 0, -gap - 2, 0), Qt::AlignRight | Qt::AlignVCenter, m_aside);
}

} // namespace designer
