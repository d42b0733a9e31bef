#pragma once

#include "engine/store/sqlite/sqlite_statement.h"

#include <optional>
#include <string>
#include <utility>

namespace engine {

/// Whether a table can hold a row: asked once, then known from what is written to it, so that who
/// leaves nothing in it pays no statement for it. True once is true for good: that costs a statement
/// and no more.
class AnyRow
{
public:
    /// `any` selects a row of the table, if it has one.
    AnyRow(SqliteSession &session, std::string any)
        : m_session(session)
        , m_any(session, std::move(any))
    {}

    bool isThere()
    {
        if (m_isThere)
            return *m_isThere;
        const auto yes = [](const SqliteStatement &) { return true; };
        const bool found = m_any.first(yes).value_or(false);
        if (m_session.failed())
            return true; // not known: whoever asks goes on and meets the refusal
        m_isThere = found;
        return found;
    }
    void added() { m_isThere = true; }

private:
    SqliteSession &m_session;
    SqliteStatement m_any;
    std::optional<bool> m_isThere;
};

} // namespace engine
