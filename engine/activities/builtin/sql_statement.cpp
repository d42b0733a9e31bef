#include "engine/activities/builtin/sql_statement.h"

#include "engine/activities/builtin/sql_connection.h"
#include "engine/activities/builtin/sql_rows.h"

#include <QScopeGuard>
#include <QSqlQuery>

#include <algorithm>
#include <optional>
#include <utility>

namespace engine {
namespace {

Failure wrongBind(const std::string &what)
{
    return {.type = "ValidationError", .message = "sql: " + what, .retriable = false};
}

/// Nothing: every value has its place, every place its value, as far as Qt tells.
std::optional<Failure> bindValues(QSqlQuery &query, const SqlRequest &request)
{
    for (const auto &[name, value] : request.bind) {
        if (name.isEmpty()) {
            query.addBindValue(value);
            continue;
        }
        query.bindValue(name, value);
        if (!query.boundValue(name).isValid())
            return wrongBind("'bind' has '" + name.mid(1).toStdString() + "', but there is no '" +
                             name.toStdString() + "' in the query");
    }
    const auto bound = query.boundValues();
    if (std::ranges::all_of(bound, &QVariant::isValid))
        return {};
    return wrongBind("a :name in the query has no value in 'bind'");
}

ActivityOutcome outcomeOf(QSqlQuery &query, const SqlRequest &request)
{
    query.setForwardOnly(true);
    query.setNumericalPrecisionPolicy(QSql::LowPrecisionDouble);
    if (request.bind.empty()) { // PostgreSQL prepares no `create table`
        if (!query.exec(request.query))
            return sqlFailure("the statement fails", query);
        return rowsOf(query);
    }
    if (!query.prepare(request.query))
        return sqlFailure("the statement is refused", query);
    if (auto wrong = bindValues(query, request))
        return *std::move(wrong);
    if (!query.exec())
        return sqlFailure("the statement fails", query);
    return rowsOf(query);
}

} // namespace

Failure canceledStatement()
{
    return {.type = "SqlError", .message = "sql: canceled", .retriable = false};
}

SqlStatement::SqlStatement(SqlRequest request, Milliseconds limit)
    : m_request(std::move(request))
    , m_limit(limit)
{}

ActivityOutcome SqlStatement::run()
{
    m_begun = true;
    if (m_halted)
        return canceledStatement();
    SqlConnection connection;
    if (auto failure = connection.open(m_request.connection, m_limit))
        return *std::move(failure);
    setInterrupt(connection.interrupt());
    // Until the query is gone: it reads what is still on its way.
    const auto ended = qScopeGuard([this] { setInterrupt({}); });
    QSqlQuery query(connection.database());
    auto outcome = m_halted ? ActivityOutcome(canceledStatement()) : outcomeOf(query, m_request);
    if (std::holds_alternative<Failure>(outcome))
        interrupt(); // of more rows than we keep there may be no end
    return outcome;
}

bool SqlStatement::halt()
{
    m_halted = true;
    return m_begun;
}

void SqlStatement::interrupt()
{
    const std::lock_guard lock(m_mutex);
    if (m_interrupt)
        m_interrupt();
}

void SqlStatement::setInterrupt(std::function<void()> interrupt)
{
    const std::lock_guard lock(m_mutex);
    m_interrupt = std::move(interrupt);
}

} // namespace engine
