#pragma once

#include "engine/activities/activity.h"
#include "engine/base/result.h"

#include <QString>
#include <QUrl>
#include <QVariant>

#include <utility>
#include <vector>

namespace engine {

/// What a `with` of the sql activity asks for.
struct SqlRequest {
    QUrl connection; ///< `sqlite:///path`, `postgresql://user:pw@host/db`, …
    QString query;
    std::vector<std::pair<QString, QVariant>> bind; ///< names with their colon, or empty names
};

/// Reads `{ connection, query, bind }`. InvalidArgument says which member is wrong.
Result<SqlRequest> sqlRequestFrom(const ActivityRequest &request);

} // namespace engine
