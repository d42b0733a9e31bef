#pragma once

#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "engine/store/sqlite/sqlite_store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QVariant>

#include <csignal>
#include <memory>
#include <string>
#include <string_view>
#include <sys/resource.h>

namespace tests {

/// A data directory, gone with the object.
class Directory
{
public:
    std::string path() const { return m_directory.path().toStdString(); }
    QString file() const { return engine::databaseFile(m_directory.path()); }
    std::unique_ptr<engine::SqliteStore> store() const
    {
        auto opened = engine::SqliteStore::open(path());
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return *std::move(opened);
    }
    std::unique_ptr<engine::SqliteConnection> connection() const
    {
        auto opened = engine::SqliteConnection::open(file(), engine::SqliteConnection::Access::ReadWrite);
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return *std::move(opened);
    }
    engine::Error refusal() const
    {
        auto opened = engine::SqliteStore::open(path());
        return opened ? engine::Error{engine::ErrorCode::InvalidArgument, "it was opened", {}} : opened.error();
    }
    void run(const QString &statement) const
    {
        if (auto done = connection()->run(statement); !done)
            qFatal("%s", done.error().message.c_str());
    }
    /// All rows of the tables that are made from history.
    QStringList indexes() const
    {
        QStringList rows;
        const auto open = connection();
        for (const char *table : engine::indexTableNames) {
            QSqlQuery query(open->database());
            query.exec(QStringLiteral("select * from %1 order by 1, 2").arg(QLatin1String(table)));
            while (query.next()) {
                QString row = QLatin1String(table);
                for (int column = 0; query.value(column).isValid(); ++column)
                    row += u'|' + query.value(column).toString();
                rows += row;
            }
        }
        return rows;
    }

private:
    QTemporaryDir m_directory;
};

inline void commit(engine::Store &store, const engine::Turn &turn)
{
    if (const auto done = store.commit(turn); !done)
        qFatal("%s", done.error().message.c_str());
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

inline bool says(const engine::Error &error, std::string_view part)
{
    return error.message.find(part) != std::string::npos;
}

/// Files written by this process cannot grow beyond `bytes` while it lives: a disk that is full.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace tests
