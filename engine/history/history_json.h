#pragma once

#include "engine/base/result.h"
#include "engine/history/history_event.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace engine {

/// Version of the text below; older ones are upgraded when read.
inline constexpr int historyVersion = 1;

/// The stored text of a row's facts: `[{"type":"EventRaised","name":…},…]`, written without a tree.
std::string factsToText(const std::vector<Fact> &facts);
/// Damaged if the text is no history of `version`; unknown fact types are an error, never dropped.
Result<std::vector<Fact>> factsFromText(std::string_view text, int version);
/// One fact with its number and time, as /api/v1 and the monitor show it; payloads have their bytes.
std::string toJsonText(const HistoryEvent &event);
/// The same as a tree, in which long numbers are rounded.
nlohmann::json toJson(const HistoryEvent &event);

} // namespace engine
