#pragma once

#include "engine/activities/activity.h"
#include "engine/activities/builtin/sql_request.h"

#include <QSqlDatabase>

namespace engine {

/// Runs one statement with its bound values: its rows as a list of objects by column, an empty list
/// where it has none. SqlError says what the database said.
ActivityOutcome runStatement(const QSqlDatabase &database, const SqlRequest &request);

} // namespace engine
