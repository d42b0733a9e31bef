#pragma once

#include "engine/runtime/instance_state.h"

#include <functional>
#include <optional>
#include <string>

namespace engine {

/// Whether the wait's `where` lets the event pass; asked once for each pair (semantics 2.4).
using Passes = std::function<bool(Sequence wait, Sequence event)>;

/// The open wait that takes kept `event`: the one that opened first of those that still want its
/// name, stand on its branch, do not halt and let it pass. O(log n), and one `passes` a candidate.
std::optional<Sequence> waitFor(const InstanceState &state, Sequence event, const Passes &passes);

/// The oldest kept event after `after` that `wait` takes. O(names · log n), and one `passes` for
/// each kept event of its names.
std::optional<Sequence> keptFor(
    const InstanceState &state, Sequence wait, Sequence after, const Passes &passes);

} // namespace engine
