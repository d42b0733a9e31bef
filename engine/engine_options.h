#pragma once

#include "engine/base/json_text.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

namespace engine {

/// How often, how many, how long; and where.
struct EngineOptions {
    std::string directory; ///< the data directory; made if it is missing
    std::set<std::string>
        allowed; ///< activity kinds that need no grant; `all` is any (semantics 5.6)
    std::size_t inboxLimit = 10'000; ///< messages from outside
    int messagesPerTurn = 512;
    std::chrono::milliseconds turnTime{10};
    int stepsPerDecision = 200;
    std::chrono::milliseconds decisionTime{2};
    int stepsWithoutWait = 10'000;
    std::size_t cachedInstances = 10'000;
    int workers = 2;
    int sqlThreads = 4; ///< statements that run at a time
    /// A database of up to so many bytes is looked at for damage before the start is over, the pages
    /// of a larger one while the engine runs (semantics 11.2).
    std::int64_t lookedAtAtTheStart = 64 * 1024 * 1024;
    JsonLimits payload;
};

} // namespace engine
