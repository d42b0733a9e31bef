#pragma once

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <string>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace tests {

/// A PostgreSQL of our own in a directory of its own, on a socket in it. It refuses root, so then
/// it runs as the user `postgres`. It ends with us, however we end.
class Postgres
{
public:
    static bool isInstalled()
    {
        return !programs().isEmpty() && (::getuid() != 0 || ::getpwnam("postgres") != nullptr);
    }

    Postgres()
    {
        if (const passwd *user = otherUser()) {
            if (::chown(m_directory.path().toUtf8().constData(), user->pw_uid, user->pw_gid) != 0)
                return;
        }
        QProcess initdb;
        prepare(initdb);
        initdb.start(programs() + QStringLiteral("initdb"),
            {QStringLiteral("--pgdata"), data(), QStringLiteral("--username=me"),
                QStringLiteral("--auth=trust"), QStringLiteral("--no-sync")});
        initdb.waitForFinished(-1);
        m_log = initdb.readAll();
        if (initdb.exitStatus() == QProcess::NormalExit && initdb.exitCode() == 0)
            start();
    }
    ~Postgres() { stop(); }

    bool isRunning() const { return m_server.state() == QProcess::Running; }
    std::string log() const { return m_log.toStdString(); }
    void restart()
    {
        stop();
        start();
    }
    std::string url() const
    {
        return "postgresql:///postgres?user=me&host=" + m_directory.path().toStdString();
    }

private:
    static QString programs()
    {
        const QDir versions(QStringLiteral("/usr/lib/postgresql"));
        const QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        return names.isEmpty() ? QString()
                               : versions.filePath(names.last()) + QStringLiteral("/bin/");
    }
    static const passwd *otherUser() { return ::getuid() == 0 ? ::getpwnam("postgres") : nullptr; }
    QString data() const { return m_directory.filePath(QStringLiteral("data")); }

    void prepare(QProcess &process) const
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setWorkingDirectory(m_directory.path());
        const passwd *user = otherUser();
        const uid_t uid = user ? user->pw_uid : ::getuid();
        const gid_t gid = user ? user->pw_gid : ::getgid();
        process.setChildProcessModifier([user, uid, gid] {
            if (user && (::setgroups(1, &gid) != 0 || ::setgid(gid) != 0 || ::setuid(uid) != 0))
                ::_exit(1);
            ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
        });
    }

    /// Until it says that it is ready, or ends.
    void start()
    {
        prepare(m_server);
        m_server.start(programs() + QStringLiteral("postgres"),
            {QStringLiteral("-D"), data(), QStringLiteral("-k"), m_directory.path(),
                QStringLiteral("-c"), QStringLiteral("listen_addresses="), QStringLiteral("-F"),
                // Nobody reads on when it is ready.
                QStringLiteral("-c"), QStringLiteral("log_min_messages=log")});
        m_log.clear();
        while (!m_log.contains("ready to accept connections") && m_server.waitForReadyRead(-1))
            m_log += m_server.readAll();
    }
    void stop()
    {
        if (!isRunning())
            return;
        ::kill(pid_t(m_server.processId()), SIGQUIT);
        m_server.waitForFinished(-1);
    }

    QTemporaryDir m_directory;
    QProcess m_server;
    QByteArray m_log;
};

} // namespace tests
