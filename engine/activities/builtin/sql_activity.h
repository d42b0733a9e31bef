#pragma once

#include "engine/activities/builtin/file_activity.h"
#include "engine/activities/builtin/net_activity.h"

#include <chrono>

namespace engine {

/// Where statements run and are ended early; both may wait for a database.
struct SqlThreads {
    RunJob run;
    RunJob interrupt;
};

/// A statement of any database that QtSql knows: `{ connection, query, bind }` ⇒ its rows. Each has
/// a connection of its own, so that no transaction, setting or temporary table of one flow is seen
/// by another.
class SqlActivity final : public NetActivity
{
public:
    /// At cancel and timeout the statement is interrupted; a database that does not heed that is
    /// left to itself after `grace`.
    SqlActivity(QObject &net, SqlThreads threads, Milliseconds grace = std::chrono::seconds(5));
};

} // namespace engine
