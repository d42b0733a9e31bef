#include "engine/store/sqlite/sqlite_statement.h"

#include "engine/store/sqlite/sqlite_errors.h"
#include "engine/store/sqlite/sqlite_mend.h"

#include <sqlite3.h>

namespace engine {

void SqliteSession::fail(Error error)
{
    if (!m_fault)
        m_fault = std::move(error);
}

void SqliteSession::failWith(int code)
{
    const int exact = sqlite3_extended_errcode(m_handle);
    if ((exact & 0xff) == (code & 0xff))
        code = exact;
    const Error error = sqliteError(code, QString::fromUtf8(sqlite3_errmsg(m_handle)), m_file);
    if (error.code == ErrorCode::Damaged)
        noteDamage(m_file);
    fail(error);
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(m_statement); }

bool SqliteStatement::prepare()
{
    if (m_session.failed())
        return false;
    if (m_statement)
        return true;
    const int code = sqlite3_prepare_v3(
        m_session.handle(), m_text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
    if (code != SQLITE_OK)
        m_session.failWith(code);
    return code == SQLITE_OK;
}

bool SqliteStatement::step()
{
    if (m_session.failed())
        return false;
    const int code = sqlite3_step(m_statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        m_session.failWith(code);
    return code == SQLITE_ROW;
}

void SqliteStatement::reset()
{
    // Answers the refusal of the last step once more; step() has taken it.
    if (m_statement)
        (void)sqlite3_reset(m_statement);
}

std::int64_t SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string SqliteStatement::text(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    const int size = sqlite3_column_bytes(m_statement, column);
    return bytes ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

void SqliteStatement::bind(int index, std::int64_t value)
{
    if (const int code = sqlite3_bind_int64(m_statement, index, value); code != SQLITE_OK)
        m_session.failWith(code);
}

void SqliteStatement::bind(int index, std::string_view value)
{
    // Static: every value outlives the step, and an empty one is text, not null.
    const char *bytes = value.empty() ? "" : value.data();
    const int code =
        sqlite3_bind_text64(m_statement, index, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK)
        m_session.failWith(code);
}

void SqliteStatement::bindNull(int index)
{
    if (const int code = sqlite3_bind_null(m_statement, index); code != SQLITE_OK)
        m_session.failWith(code);
}

} // namespace engine
