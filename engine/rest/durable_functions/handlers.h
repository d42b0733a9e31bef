#pragma once

#include "engine/rest/durable_functions/check_status.h"
#include "engine/rest/durable_functions/routes.h"

namespace engine {

using DurableContext = DurableFunctions::Context;

// One function a row of the endpoint table (http-api.md A3).
void durableStart(Exchange &exchange, const DurableContext &context);
void durableStatus(Exchange &exchange, const DurableContext &context);
void durableList(Exchange &exchange, const DurableContext &context);
void durableRaiseEvent(Exchange &exchange, const DurableContext &context);
void durableTerminate(Exchange &exchange, const DurableContext &context);
void durableSuspend(Exchange &exchange, const DurableContext &context);
void durableResume(Exchange &exchange, const DurableContext &context);
void durableRewind(Exchange &exchange, const DurableContext &context);
void durablePurge(Exchange &exchange, const DurableContext &context);
void durablePurgeAll(Exchange &exchange, const DurableContext &context);
void durableRestart(Exchange &exchange, const DurableContext &context);

/// The URLs that this request is answered with lead back the way it came.
HandedOut handedOut(const Exchange &exchange, const DurableContext &context);

} // namespace engine
