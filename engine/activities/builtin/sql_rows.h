#pragma once

#include "engine/activities/activity.h"

class QSqlQuery;

namespace engine {

/// The rows of a statement that ran: objects by column; bytes are base64, times RFC 3339. SqlError
/// if they are more than 1 MiB.
ActivityOutcome rowsOf(QSqlQuery &query);

} // namespace engine
