#pragma once

#include "engine/rest/rest_message.h"

#include <string>

namespace engine {

/// Where the URLs that we hand out lead: back to the host and the key that the caller used.
struct HandedOut {
    std::string base; ///< `http://127.0.0.1:7071/runtime/webhooks/durabletask`
    std::string hub;
    std::string key; ///< empty behind the prefix that needs none
};

/// Everything the caller of a start can do next, as URLs. `{text}` and `{eventName}` stay literal.
std::string checkStatusText(const HandedOut &out, const std::string &instance);
/// The first of them: what Location says.
std::string statusQueryUri(const HandedOut &out, const std::string &instance);

} // namespace engine
