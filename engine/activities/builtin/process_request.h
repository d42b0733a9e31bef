#pragma once

#include "engine/activities/activity.h"
#include "engine/base/result.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace engine {

/// What a `with` of the process activity asks for.
struct ProcessRequest {
    QString program;
    QStringList arguments;
    QByteArray input; ///< JSON, or empty
    QProcessEnvironment environment;
    QString directory; ///< empty: ours
};

/// Reads `{ command, input, env, cwd }`. InvalidArgument says which member is wrong.
Result<ProcessRequest> processRequestFrom(const ActivityRequest &request);

} // namespace engine
