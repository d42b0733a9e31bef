#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

/// The flows that are deployed, a line each.
std::string flowsText(const nlohmann::json &body);
/// The webhooks, a line each.
std::string webhooksText(const nlohmann::json &body);
std::string webhookPutText(const nlohmann::json &webhook);
std::string webhookRemovedText(const nlohmann::json &webhook);

} // namespace app
