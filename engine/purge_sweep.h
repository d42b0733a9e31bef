#pragma once

#include "engine/door/door.h"
#include "engine/engine_inbox.h"
#include "engine/query_threads.h"

namespace engine {

/// Purges the finished instances of a filter (semantics 9.3), a page at a time: each instance by a
/// message of its own, so that the engine's turns stay short, and no page before the last one is done.
/// Answers how many went; an engine that stops answers why, and what went is gone. `queries` outlives
/// it; any thread.
void startSweep(EngineInbox &inbox, QueryThreads &queries, PurgeRequest request,
    Completion<std::int64_t> answered);

} // namespace engine
