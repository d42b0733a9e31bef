#pragma once

#include "engine/activities/builtin/net_activity.h"
#include "engine/activities/builtin/sql_connections.h"

#include <chrono>
#include <functional>

namespace engine {

/// Where statements run and are ended early; both may wait for a database.
struct SqlThreads {
    std::function<void(std::function<void(SqlConnections &)>)> run;
    std::function<void(std::function<void()>)> interrupt;
};

/// A statement of any database that QtSql knows: `{ connection, query, bind }` ⇒ its rows. Values
/// are always bound, never written into the statement.
class SqlActivity final : public NetActivity
{
public:
    /// At cancel and timeout the statement is interrupted; a database that does not heed that is
    /// left to itself after `grace`.
    SqlActivity(QObject &net, SqlThreads threads, Milliseconds grace = std::chrono::seconds(5));
};

} // namespace engine
