#pragma once

#include "engine/base/result.h"

#include <memory>
#include <string>

namespace engine {

class SqliteConnection;

/// Moves what is in the log into the database file, over a connection of its own, so that no turn
/// waits for it. Belongs to the thread that opened it.
class SqliteCheckpoint
{
public:
    /// The store must have been opened before.
    static Result<std::unique_ptr<SqliteCheckpoint>> open(const std::string &directory);
    ~SqliteCheckpoint();

    /// Moves what can be moved without waiting; above 64 MB of log it waits until the log can start
    /// over. It is no error if somebody still reads from the log.
    Result<void> checkpoint();

private:
    explicit SqliteCheckpoint(std::unique_ptr<SqliteConnection> connection);

    std::unique_ptr<SqliteConnection> m_connection;
};

} // namespace engine
