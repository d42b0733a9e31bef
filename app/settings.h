#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace app {

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// Every key of the settings file, typed. Main thread.
class Settings
{
public:
    /// The user's settings.
    Settings();
    /// Those of a file; for tests and for windows with a data directory of their own.
    explicit Settings(const QString &path);

    ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);
    /// A language like `de`, or empty: the system's.
    QString language() const;

    QByteArray geometry() const;
    void setGeometry(const QByteArray &geometry);
    /// Where docks and tool bars are; one for each mode.
    QByteArray layout(const QString &mode) const;
    void setLayout(const QString &mode, const QByteArray &layout);
    void forgetLayouts();

    /// Files of the last session, in the order of their tabs, and which of them was in front.
    QStringList openFiles() const;
    QString currentFile() const;
    void setSession(const QStringList &openFiles, const QString &currentFile);
    /// Whether a session was ever kept: the first start shows the samples.
    bool hasSession() const;

    QStringList recentFiles() const;
    /// Puts `path` first; keeps ten.
    void addRecentFile(const QString &path);

private:
    QSettings m_settings;
};

} // namespace app
