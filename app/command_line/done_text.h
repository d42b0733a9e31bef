#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

// What has been done, in a line.
/// The id alone, so that a script can take it.
std::string startedText(const nlohmann::json &answer);
std::string movedText(const nlohmann::json &answer);
std::string purgedText(const nlohmann::json &answer);
std::string replayedText(const nlohmann::json &answer);
std::string deletedText(const nlohmann::json &answer);
std::string taskDoneText(const nlohmann::json &answer);
std::string healthText(const nlohmann::json &answer);

} // namespace app
