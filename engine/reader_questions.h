#pragma once

#include "engine/store/reader.h"

#include <vector>

namespace engine {

// What several of the door's answers begin with. On the thread of the reader.

/// So many entries are on a page at most.
inline constexpr int longestPage = 1000;

/// NotFound for people, if there is none.
Result<InstanceSummary> knownInstance(Reader &reader, const InstanceId &instance);
/// All facts of a run, oldest first.
Result<std::vector<HistoryEvent>> wholeHistory(Reader &reader, RunKey run);

} // namespace engine
