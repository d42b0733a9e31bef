#pragma once

#include "engine/base/result.h"
#include "engine/history/explanation.h"
#include "engine/history/history_event.h"
#include "engine/model/flow.h"

#include <string>
#include <vector>

namespace engine {

/// Which events are asked about; empty members do not restrict.
struct ExplainWish {
    std::string name;   ///< all of this name, kept or not, and one that would come now
    Sequence event = 0; ///< that one alone
};

/// Says of each event why it did or did not match, from the history of its run: no expression is evaluated
/// again (semantics 2.4, 2.9). `flow` says what interrupts and what its approvals take as an answer.
/// Without a wish: every kept event. Damaged if the history cannot be followed.
Result<std::vector<EventVerdict>> explain(
    const std::vector<HistoryEvent> &history, const ExplainWish &wish, const Flow &flow);

} // namespace engine
