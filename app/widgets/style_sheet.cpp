#include "app/widgets/style_sheet.h"

#include "app/widgets/icon_picture.h"
#include "app/widgets/theme_colors.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace app {
namespace {

std::optional<QColor> named(QStringView token, ThemeKind theme)
{
    const auto rows = themeColors();
    const auto row = std::ranges::find_if(rows,
        [&](const NamedColor &candidate) { return token == QLatin1StringView(candidate.token); });
    if (row == rows.end())
        return std::nullopt;
    return color(theme, row->name);
}

/// A style sheet takes pictures from files only, so the few it names are written, tinted, to a
/// folder that goes with the program.
QString tintedFile(const QString &name, const QColor &ink)
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(name + u'-' + ink.name().mid(1) + u".svg"_s);
    QFile file(path);
    if (!file.exists() && file.open(QIODevice::WriteOnly))
        file.write(iconPicture(name, ink, 1.5));
    return path;
}

QString replacement(const QRegularExpressionMatch &match, ThemeKind theme)
{
    if (match.hasCaptured(u"icon"_s)) {
        const auto ink = named(match.captured(u"ink"_s), theme);
        return ink ? u"url(\"%1\")"_s.arg(tintedFile(match.captured(u"icon"_s), *ink))
                   : match.captured();
    }
    const QString token = match.captured(u"token"_s);
    if (token == "outline"_L1)
        return theme == ThemeKind::HighContrast ? u"2px"_s : u"1px"_s;
    const auto value = named(token, theme);
    if (!value)
        return match.captured();
    const QString percent = match.captured(u"percent"_s);
    if (percent.isEmpty())
        return value->name();
    return u"rgba(%1, %2, %3, %4%)"_s.arg(value->red())
        .arg(value->green())
        .arg(value->blue())
        .arg(percent);
}

} // namespace

QString filledTemplate(const QString &text, ThemeKind theme)
{
    static const QRegularExpression place(
        u"@(?<token>\\w+)(?:/(?<percent>\\d+))?|icon\\((?<icon>[\\w-]+), (?<ink>\\w+)\\)"_s);
    QString filled;
    qsizetype from = 0;
    for (auto matches = place.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        filled += QStringView(text).mid(from, match.capturedStart() - from);
        filled += replacement(match, theme);
        from = match.capturedEnd();
    }
    filled += QStringView(text).mid(from);
    return filled;
}

QString styleSheet(ThemeKind theme)
{
    QFile file(u":/theme.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return filledTemplate(QString::fromUtf8(file.readAll()), theme);
}

} // namespace app
