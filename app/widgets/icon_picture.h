#pragma once

#include <QByteArray>
#include <QColor>
#include <QString>

namespace app {

/// The SVG text of an icon with `ink` for currentColor and lines of `stroke` on its 16 px grid;
/// empty, with a warning, if there is no such icon.
QByteArray iconPicture(const QString &name, const QColor &ink, double stroke);

/// Every icon there is.
QStringList iconNames();

} // namespace app
