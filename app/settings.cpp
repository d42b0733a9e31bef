#include "app/settings.h"

#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr qsizetype recentLimit = 10;
const std::array<QString, 4> themeWords{u"system"_s, u"light"_s, u"dark"_s, u"highContrast"_s};

} // namespace

Settings::Settings()
    : m_settings(QSettings::IniFormat, QSettings::UserScope, u"signalbox"_s, u"signalbox"_s)
{}

Settings::Settings(const QString &path)
    : m_settings(path, QSettings::IniFormat)
{}

ThemeChoice Settings::theme() const
{
    const QString word = m_settings.value(u"window/theme"_s).toString();
    for (std::size_t at = 0; at < themeWords.size(); ++at)
        if (themeWords[at] == word)
            return static_cast<ThemeChoice>(at);
    return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme)
{
    m_settings.setValue(u"window/theme"_s, themeWords[static_cast<std::size_t>(theme)]);
}

QString Settings::language() const { return m_settings.value(u"window/language"_s).toString(); }

QByteArray Settings::geometry() const
{
    return m_settings.value(u"window/geometry"_s).toByteArray();
}

void Settings::setGeometry(const QByteArray &geometry)
{
    m_settings.setValue(u"window/geometry"_s, geometry);
}

QByteArray Settings::layout(const QString &mode) const
{
    return m_settings.value(u"layout/"_s + mode).toByteArray();
}

void Settings::setLayout(const QString &mode, const QByteArray &layout)
{
    m_settings.setValue(u"layout/"_s + mode, layout);
}

void Settings::forgetLayouts() { m_settings.remove(u"layout"_s); }

QStringList Settings::openFiles() const
{
    return m_settings.value(u"session/files"_s).toStringList();
}

QString Settings::currentFile() const { return m_settings.value(u"session/current"_s).toString(); }

void Settings::setSession(const QStringList &openFiles, const QString &currentFile)
{
    m_settings.setValue(u"session/files"_s, openFiles);
    m_settings.setValue(u"session/current"_s, currentFile);
}

bool Settings::hasSession() const { return m_settings.contains(u"session/files"_s); }

QStringList Settings::recentFiles() const
{
    return m_settings.value(u"files/recent"_s).toStringList();
}

void Settings::addRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    m_settings.setValue(u"files/recent"_s, files.mid(0, recentLimit));
}

} // namespace app
