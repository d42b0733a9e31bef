#include "designer/panels/kind_tile.h"

#include "app/widgets/icons.h"

#include <QPainter>

namespace designer {
namespace {

constexpr int side = 36;
constexpr double iconSide = 18;
constexpr double radius = 8;
constexpr double tint = 0.14;

} // namespace

KindTile::KindTile(QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(side, side);
}

void KindTile::show(const QString &icon, app::Color ink)
{
    m_icon = icon;
    m_ink = ink;
    update();
}

void KindTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = app::color(m_ink);
    ground.setAlphaF(tint);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect(), radius, radius);
    if (m_icon.isEmpty())
        return;
    QRectF place(0, 0, iconSide, iconSide);
    place.moveCenter(QRectF(rect()).center());
    app::paintIcon(painter, m_icon, place, app::color(m_ink));
}

} // namespace designer
