#pragma once

#include "engine/activities/activity.h"
#include "engine/activities/builtin/sql_request.h"

#include <atomic>
#include <functional>
#include <mutex>

namespace engine {

/// What becomes of a statement that is ended early.
Failure canceledStatement();

/// One statement with its bound values, on a connection of its own.
class SqlStatement
{
public:
    /// `limit`: the time that the database itself gives it, if it can; 0: any.
    SqlStatement(SqlRequest request, Milliseconds limit);

    /// Waits for the database: its rows as a list of objects by column, an empty list where it has
    /// none. SqlError says what the database said.
    ActivityOutcome run();
    /// Any thread, at once: it begins no more. Whether it has begun already; then interrupt().
    bool halt();
    /// Any thread, may wait for the database: ends what runs now, if the database can do that.
    void interrupt();

private:
    void setInterrupt(std::function<void()> interrupt);

    SqlRequest m_request;
    Milliseconds m_limit;
    std::atomic<bool> m_halted{false};
    std::atomic<bool> m_begun{false};
    std::mutex m_mutex;
    std::function<void()> m_interrupt; ///< only while there is a connection
};

} // namespace engine
