#pragma once

#include "engine/activities/activity.h"

class QNetworkReply;
class QByteArray;

namespace engine {

/// What a finished reply means for the flow.
ActivityOutcome outcomeOf(const QNetworkReply &reply, const QByteArray &body);
Failure httpFailure(const std::string &message, bool retriable);

} // namespace engine
