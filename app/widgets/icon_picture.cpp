#include "app/widgets/icon_picture.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace app {
namespace {

Q_LOGGING_CATEGORY(iconLog, "app.widgets.icons", QtInfoMsg)

} // namespace

QByteArray iconPicture(const QString &name, const QColor &ink, double stroke)
{
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(iconLog).noquote().nospace() << "icon=" << name << " is not in resources/icons";
        return {};
    }
    QByteArray picture = file.readAll();
    picture.replace("currentColor", ink.name().toLatin1());
    picture.replace("stroke-width=\"1.5\"", "stroke-width=\"" + QByteArray::number(stroke) + '"');
    return picture;
}

QStringList iconNames()
{
    QStringList names = QDir(u":/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(4);
    return names;
}

} // namespace app
