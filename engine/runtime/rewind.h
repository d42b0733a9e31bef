#pragma once

#include "engine/history/message.h"
#include "engine/runtime/deciding.h"

#include <optional>
#include <vector>

namespace engine {

/// The state of a run that failed as it was before that, but as long as its whole history, so that an
/// InstanceRewound follows; nothing if it has not failed. BrokenInvariant as replay().
OwnedState beforeFailure(const std::vector<HistoryRow> &rows);

/// A failed instance tries again from the steps that failed (semantics 9.2). `deciding` begins with
/// beforeFailure() of `Given::rows`.
void rewind(Deciding &deciding, const RewindInstance &message);

} // namespace engine
