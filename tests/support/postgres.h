#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <string>

#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace tests {

/// A PostgreSQL of our own in a directory of its own, on a socket in it. As root it runs as the
/// user `postgres`, because it refuses root.
class Postgres
{
public:
    static bool isInstalled()
    {
        return !programs().isEmpty() && (::getuid() != 0 || ::getpwnam("postgres"));
    }

    Postgres()
    {
        if (::getuid() == 0) {
            const passwd *user = ::getpwnam("postgres");
            if (::chown(m_directory.path().toUtf8().constData(), user->pw_uid, user->pw_gid) != 0)
                return;
        }
        run(QStringLiteral("initdb"),
            {QStringLiteral("-D"), data(), QStringLiteral("-U"), QStringLiteral("me"),
                QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-N")});
        m_running = start();
    }
    ~Postgres() { stop(); }

    bool isRunning() const { return m_running; }
    std::string log() const { return m_log.toStdString(); }
    bool restart()
    {
        stop();
        return start();
    }
    std::string url() const
    {
        return "postgresql:///postgres?user=me&host=" + m_directory.path().toStdString();
    }

private:
    static QString programs()
    {
        QDir versions(QStringLiteral("/usr/lib/postgresql"));
        const QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        return names.isEmpty() ? QString()
                               : versions.filePath(names.last()) + QStringLiteral("/bin/");
    }
    QString data() const { return m_directory.filePath(QStringLiteral("data")); }

    /// As a user who is not root, to its end.
    bool run(const QString &program, QStringList arguments)
    {
        arguments.prepend(programs() + program);
        if (::getuid() == 0)
            arguments = QStringList{QStringLiteral("runuser"), QStringLiteral("-u"),
                            QStringLiteral("postgres"), QStringLiteral("--")} +
                        arguments;
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setWorkingDirectory(m_directory.path());
        process.setStandardOutputFile(m_directory.filePath(QStringLiteral("log")), QFile::Append);
        process.start(arguments.takeFirst(), arguments);
        const bool done = process.waitForFinished(120'000) && process.exitCode() == 0;
        QFile said(m_directory.filePath(QStringLiteral("log")));
        if (said.open(QFile::ReadOnly))
            m_log = said.readAll();
        return done;
    }
    bool start()
    {
        return run(QStringLiteral("pg_ctl"),
            {QStringLiteral("-D"), data(), QStringLiteral("-w"), QStringLiteral("-l"),
                data() + QStringLiteral("/server.log"), QStringLiteral("-o"),
                QStringLiteral("-c listen_addresses= -c fsync=off -k ") + m_directory.path(),
                QStringLiteral("start")});
    }
    void stop()
    {
        run(QStringLiteral("pg_ctl"),
            {QStringLiteral("-D"), data(), QStringLiteral("-w"), QStringLiteral("-m"),
                QStringLiteral("immediate"), QStringLiteral("stop")});
    }

    QTemporaryDir m_directory;
    QByteArray m_log;
    bool m_running = false;
};

} // namespace tests
