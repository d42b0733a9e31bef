#pragma once

#include "app/widgets/theme.h"

#include <QIcon>
#include <QString>

class QPainter;
class QRectF;

namespace app {

/// Our own icons: resources/icons/NAME.svg, drawn on a 16 px grid in `currentColor`.
/// An icon in a theme's colour; follows the theme when it is asked for again after a change.
QIcon icon(const QString &name, Color ink = Color::Text2);
/// Paints an icon into `place` in `ink`, sharp at every scale; rendered once per size and colour.
void paintIcon(QPainter &painter, const QString &name, const QRectF &place, const QColor &ink);

} // namespace app
