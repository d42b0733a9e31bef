#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// The members that this version reads: of the flow, of a declared event, of an interrupt, of a step
/// by its kind (empty: no such kind). resources/flow.schema.json has the same ones; a test compares.
std::vector<std::string> flowMembers();
std::vector<std::string> eventMembers();
std::vector<std::string> interruptMembers();
std::vector<std::string> stepMembers(std::string_view kind);
/// The kinds of steps that this version runs.
std::vector<std::string> stepKinds();

} // namespace engine
