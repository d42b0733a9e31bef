#include "app/widgets/icons.h"

#include "app/widgets/icon_picture.h"

#include <QHash>
#include <QIconEngine>
#include <QPaintEngine>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

namespace app {
namespace {

struct Rendering {
    QString name;
    int pixels = 0; ///< device pixels of a side
    int stroke = 0; ///< hundredths of a unit of the 16 px grid
    QRgb ink = 0;

    bool operator==(const Rendering &) const = default;
};

std::size_t qHash(const Rendering &key, std::size_t seed = 0)
{
    return qHashMulti(seed, key.name, key.pixels, key.stroke, key.ink);
}

/// Lines keep 1.5 px up to 16 px and grow slowly above, instead of with the picture.
double strokeOnGrid(double size)
{
    const double line = size <= 16 ? 1.5 : 1.5 * std::pow(size / 16, 0.3);
    return line * 16 / size;
}

QPixmap rendered(const Rendering &wanted, const QColor &ink)
{
    static QHash<Rendering, QPixmap> cache;
    if (const auto found = cache.constFind(wanted); found != cache.constEnd())
        return *found;
    if (cache.size() > 4000) // zooming makes many sizes; rendering one costs 50 µs
        cache.clear();
    QPixmap pixmap(wanted.pixels, wanted.pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer picture(iconPicture(wanted.name, ink, wanted.stroke / 100.0));
    QPainter painter(&pixmap);
    picture.render(&painter, QRectF(0, 0, wanted.pixels, wanted.pixels));
    cache.insert(wanted, pixmap);
    return pixmap;
}

QPixmap rendered(const QString &name, const QColor &ink, double size, double scale)
{
    const double shown = std::max(1.0, size);
    const int pixels = std::clamp(static_cast<int>(std::lround(shown * scale)), 1, 2048);
    const int stroke = static_cast<int>(std::lround(strokeOnGrid(shown) * 100));
    return rendered(Rendering{name, pixels, stroke, ink.rgb()}, ink);
}

class ThemeIcon : public QIconEngine
{
public:
    ThemeIcon(QString name, Color ink)
        : m_name(std::move(name))
        , m_ink(ink)
    {}

    void paint(QPainter *painter, const QRect &place, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(place.width(), place.height());
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(place).center());
        paintIcon(*painter, m_name, square, ink(mode));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    /// `size` is in device pixels, as QIcon hands it over.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        const double side = std::min(size.width(), size.height());
        QPixmap pixmap = rendered(m_name, ink(mode), side / scale, scale);
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemeIcon(*this); }

private:
    QColor ink(QIcon::Mode mode) const
    {
        return color(mode == QIcon::Disabled ? Color::TextDisabled : m_ink);
    }

    QString m_name;
    Color m_ink;
};

} // namespace

QIcon icon(const QString &name, Color ink) { return QIcon(new ThemeIcon(name, ink)); }

void paintIcon(QPainter &painter, const QString &name, const QRectF &place, const QColor &ink)
{
    const auto *engine = painter.paintEngine();
    if (engine && engine->type() != QPaintEngine::Raster) { // print, PDF, SVG: lines stay lines
        QSvgRenderer picture(iconPicture(name, ink, strokeOnGrid(place.width())));
        picture.render(&painter, place);
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const QRectF mapped = painter.worldTransform().mapRect(place);
    const QPixmap pixmap =
        rendered(name, ink, place.width(), mapped.width() / place.width() * ratio);
    const QPointF corner(
        std::round(mapped.left() * ratio) / ratio, std::round(mapped.top() * ratio) / ratio);
    const double side = pixmap.width() / ratio;
    painter.save();
    painter.resetTransform();
    painter.drawPixmap(QRectF(corner, QSizeF(side, side)), pixmap, QRectF(pixmap.rect()));
    painter.restore();
}

} // namespace app
