#pragma once

#include "engine/door/door.h"
#include "engine/engine_inbox.h"
#include "engine/query_threads.h"

namespace engine {

/// Does one thing to all instances that a query shows and that are in a state for it, a page at a time: each
/// by a message of its own, so that the engine's turns stay short, and no page before the last one is done.
/// `queries` outlives it; any thread.
void startBatch(EngineInbox &inbox, QueryThreads &queries, BatchRequest request,
    Completion<BatchResult> answered);

} // namespace engine
