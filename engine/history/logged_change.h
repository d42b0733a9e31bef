#pragma once

#include "engine/base/ids.h"

#include <cstdint>
#include <vector>

namespace engine {

/// What one commit did to one run, as it is remembered for whoever follows all changes.
struct LoggedChange {
    std::int64_t id = 0; ///< ascending without gaps, in the order of the commits
    RunKey run;
    Sequence from = 0; ///< of the facts that were added; 0: none, only what the list shows changed
    Sequence to = 0;
    InstanceId purged; ///< who was removed; empty: nobody

    bool operator==(const LoggedChange &) const = default;
};

/// So many changes are remembered at least; the oldest go first.
inline constexpr std::int64_t changeLimit = 1'000'000;

/// Changes in their order, and how far the memory of them reaches.
struct ChangeLogPage {
    std::vector<LoggedChange> changes;
    std::int64_t first = 1; ///< the oldest that is remembered; `last + 1` if there is none
    std::int64_t last = 0;  ///< the newest that there was
    /// Of which the numbers are: a database that was put back from a backup counts on under another one.
    std::int64_t epoch = 1;

    bool operator==(const ChangeLogPage &) const = default;
};

} // namespace engine
