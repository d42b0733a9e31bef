#pragma once

#include "engine/base/clock.h"
#include "engine/base/failure.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QUrl>

#include <functional>
#include <optional>
#include <string>

class QSqlQuery;

namespace engine {

/// SqlError of what a database says to a query, its code in `details`. Retriable is what may pass:
/// a lost connection, a lock, a lack of resources.
Failure sqlFailure(const std::string &doing, const QSqlQuery &query);

/// A connection to a database, closed at the end. QtSql's connections never change their thread.
class SqlConnection
{
public:
    SqlConnection();
    ~SqlConnection();
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    /// SqlError says why there is none. `limit`: the time of a statement, where the database itself
    /// can heed it; 0: any.
    std::optional<Failure> open(const QUrl &address, Milliseconds limit);
    const QSqlDatabase &database() const { return m_database; }
    /// Ends what runs, from any thread, as long as the connection is open; may wait for the
    /// database. Empty: it cannot be done.
    std::function<void()> interrupt() const;

private:
    QString m_name; ///< Qt's name of it
    QSqlDatabase m_database;
};

} // namespace engine
