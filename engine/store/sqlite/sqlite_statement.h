#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace engine {

/// What the statements of one connection share: its handle, and the first refusal since the last
/// takeFault(). After a refusal no statement runs, so a row of writes is checked once, at its end.
class SqliteSession
{
public:
    SqliteSession(sqlite3 *handle, QString file)
        : m_handle(handle)
        , m_file(std::move(file))
    {}

    sqlite3 *handle() const { return m_handle; }
    bool failed() const { return m_fault.has_value(); }
    void fail(Error error);
    /// Takes the last refusal of the handle.
    void failWith(int code);
    std::optional<Error> takeFault() { return std::exchange(m_fault, std::nullopt); }

private:
    sqlite3 *m_handle;
    QString m_file;
    std::optional<Error> m_fault;
};

/// A statement prepared at its first use and kept, on the C interface: QtSql would turn every text
/// into UTF-16 and back. Values are bound in the order in which the parameters first appear. It is
/// reset after every use: an open one would keep checkpoints from starting the log over.
class SqliteStatement
{
public:
    /// `session` outlives it.
    SqliteStatement(SqliteSession &session, std::string text)
        : m_session(session)
        , m_text(std::move(text))
    {}
    ~SqliteStatement();
    SqliteStatement(const SqliteStatement &) = delete;
    SqliteStatement &operator=(const SqliteStatement &) = delete;

    template<typename... Values>
    void execute(const Values &...values)
    {
        start(values...);
        step();
        reset();
    }

    /// What `read` makes of the first row; nothing if there is none.
    template<typename Read, typename... Values>
    auto first(Read read, const Values &...values)
        -> std::optional<decltype(read(std::declval<SqliteStatement &>()))>
    {
        start(values...);
        if (!step()) {
            reset();
            return std::nullopt;
        }
        auto row = read(*this);
        reset();
        return row;
    }

    /// Calls `read` for every row until it answers false.
    template<typename Read, typename... Values>
    void each(Read read, const Values &...values)
    {
        start(values...);
        while (step() && read(*this)) {
        }
        reset();
    }

    std::int64_t integer(int column) const;
    std::string text(int column) const;
    bool isNull(int column) const;
    Instant instant(int column) const { return Instant{Milliseconds{integer(column)}}; }

private:
    template<typename... Values>
    void start(const Values &...values)
    {
        if (!prepare())
            return;
        int index = 0;
        (bind(++index, values), ...);
    }

    bool prepare();
    bool step();
    void reset();
    void bind(int index, std::int64_t value);
    void bind(int index, int value) { bind(index, std::int64_t{value}); }
    void bind(int index, std::string_view value);
    void bind(int index, const std::string &value) { bind(index, std::string_view(value)); }
    void bind(int index, RunKey run) { bind(index, run.value); }
    void bind(int index, Instant at) { bind(index, std::int64_t{at.time_since_epoch().count()}); }
    void bindNull(int index);

    template<typename Kind>
    void bind(int index, const Id<Kind> &id)
    {
        bind(index, std::string_view(id.value));
    }

    template<typename T>
    void bind(int index, const std::optional<T> &value)
    {
        if (value)
            bind(index, *value);
        else
            bindNull(index);
    }

    SqliteSession &m_session;
    std::string m_text;
    sqlite3_stmt *m_statement = nullptr;
};

} // namespace engine
