#pragma once

#include "engine/activities/activity.h"

#include <QByteArray>

#include <map>
#include <string>

namespace engine {

/// What a server answered, as far as it got.
struct HttpAnswer {
    int status = 0;                             ///< 0: none
    std::map<std::string, std::string> headers; ///< names in lower case
    QByteArray body;
    bool leadsElsewhere = false; ///< a redirect to another server, or one too many
    std::string fault;           ///< why it ended early; empty: it did not
};

/// What an answer means for the flow. `place`: its address, for messages.
ActivityOutcome outcomeOf(const HttpAnswer &answer, const std::string &place);
Failure httpFailure(const std::string &message, bool retriable);

} // namespace engine
