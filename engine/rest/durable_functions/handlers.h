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
void durableEntity(Exchange &exchange, const DurableContext &context);
void durableEntities(Exchange &exchange, const DurableContext &context);
void durableSignalEntity(Exchange &exchange, const DurableContext &context);
void durableMakePrimary(Exchange &exchange, const DurableContext &context);

/// The answer to who started `instance`: its URLs, or its end if the request waits for that (http-api.md A6).
void durableAnswerStarted(
    Exchange &exchange, const DurableContext &context, const InstanceId &instance);
/// The status of `instance`; `failedIsError`: of a failed one with 500.
void durableAnswerStatus(Exchange &exchange, const DurableContext &context,
    const InstanceId &instance, bool failedIsError);
/// An empty list, complete.
RestResponse durableEmptyList();

/// The URLs that this request is answered with lead back the way it came.
HandedOut handedOut(const Exchange &exchange, const DurableContext &context);

} // namespace engine
