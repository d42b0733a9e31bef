#pragma once

#include "engine/history/history_event.h"
#include "engine/history/instance_summary.h"

#include <string>
#include <vector>

namespace engine {

/// Which parts of a status somebody asked for.
struct DurableStatusParts {
    bool input = true;
    bool history = false;
    bool historyOutput = false;
};

/// The status object: keys in the order of the format, all of them always there, times in whole
/// seconds; history only for an instance that has left Pending. It comes under `historyEvents`, and
/// again as `history`, the name under which the npm client looks for it.
std::string durableStatusText(const InstanceSummary &summary, const DurableStatusParts &parts,
    const std::vector<HistoryEvent> &events = {});
/// `historyEvents`: a task's end replaces its beginning, what only flows have is left out.
std::string durableHistoryText(
    const std::vector<HistoryEvent> &events, const DurableStatusParts &parts);

} // namespace engine
