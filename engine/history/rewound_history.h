#pragma once

#include "engine/history/history_event.h"

#include <functional>
#include <vector>

namespace engine {

// A run that failed and was rewound (semantics 9.2) has facts that do not count any more: those of its
// failure. Whoever folds a whole history leaves them out.

/// What rewinds the run right after `place` in `rows`, or null.
const InstanceRewound *rewindAfter(const std::vector<HistoryRow> &rows, std::size_t place);
/// Whether the last fact of the row is that its run failed.
bool endsInFailure(const HistoryRow &row);
/// The last fact of a row that ends in failure before all that the failure brought with it: what was
/// closed, the branches and regions that failed on the way. Perhaps one of an earlier row.
Sequence lastBeforeFailure(const HistoryRow &row);
/// Calls `visit` for every fact that counts, in order, but for those after `last`.
void visitCounted(const std::vector<HistoryRow> &rows, Sequence last,
    const std::function<void(Sequence, Instant, const Fact &)> &visit);
/// The facts that count, in order. `events` begin with the first.
std::vector<HistoryEvent> counted(const std::vector<HistoryEvent> &events);

} // namespace engine
