#pragma once

#include "engine/history/instance_summary.h"

#include <optional>
#include <string_view>
#include <vector>

namespace engine {

/// What `status:` of a query knows, in a sentence.
inline constexpr std::string_view statusWords =
    "pending, running, waiting, suspended, completed, failed, terminated, live, finished, aside; "
    "several are joined by commas";

bool isStatusWord(std::string_view word);
/// The states of which some or all have the status; all of them for one that says nothing about states.
std::vector<InstanceStatus> statusesOfWord(std::string_view word);
bool hasStatus(const InstanceSummary &summary, std::string_view word);

} // namespace engine
