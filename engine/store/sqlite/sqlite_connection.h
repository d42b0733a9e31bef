#pragma once

#include "engine/base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <memory>

struct sqlite3;

namespace engine {

/// `signalbox.db` in a data directory.
QString databaseFile(const QString &directory);

/// A connection of its own to a database file, closed with the object. Belongs to the thread that
/// opened it.
class SqliteConnection
{
public:
    enum class Access { ReadWrite, ReadOnly };

    /// Fails if the file is missing: nothing here makes an empty database by itself.
    static Result<std::unique_ptr<SqliteConnection>> open(const QString &file, Access access);
    /// Makes the file; it must not be there.
    static Result<std::unique_ptr<SqliteConnection>> create(const QString &file);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    const QString &file() const { return m_file; }
    QSqlDatabase database() const { return m_database; }
    /// The driver's own handle, for what is written often.
    sqlite3 *handle() const;
    /// Whether the file has another name by now, or none: then whatever is written is gone with us.
    bool hasMoved() const;
    /// Bytes at the end of each page that are not SQLite's: room for checksums.
    int reserved() const;
    /// Makes that room in a file that is still empty, or with the next `vacuum`.
    void reserve();
    /// Runs one statement without results.
    Result<void> run(const QString &statement);
    /// The first value of the first row; invalid if there is no row.
    Result<QVariant> value(const QString &statement);
    /// The last refusal of `query` as an Error.
    Error errorOf(const QSqlQuery &query) const;

private:
    SqliteConnection(QString name, QString file);
    Result<void> connect(const QString &options);

    QString m_name;
    QString m_file;
    QSqlDatabase m_database;
};

} // namespace engine
