#pragma once

#include "engine/door/door.h"
#include "engine/rest/event_streams.h"
#include "engine/rest/rest_meter.h"
#include "engine/rest/router.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace engine {

/// What a handler of /api/v1 works with.
struct V1Context {
    Door door;
    std::string hub;
    JsonLimits payload;
    std::shared_ptr<EventStreams> streams;
    std::shared_ptr<const RestMeter> meter;
    /// Whether the key of a request, which lasts longer than others, is still one.
    std::function<bool(const RestRequest &)> holdsStill;
};

/// The part of our own API that this version has (http-api.md, part B). One file a resource.
Router v1Routes(const V1Context &context);

void addHealthRoutes(Router &router, const V1Context &context);
void addFlowRoutes(Router &router, const V1Context &context);
void addInstanceRoutes(Router &router, const V1Context &context);
void addEventRoutes(Router &router, const V1Context &context);
void addOperationRoutes(Router &router, const V1Context &context);
void addUndeliveredRoutes(Router &router, const V1Context &context);
void addWorkRoutes(Router &router, const V1Context &context);
void addTaskRoutes(Router &router, const V1Context &context);
void addAuditRoutes(Router &router, const V1Context &context);
void addCorrectionRoutes(Router &router, const V1Context &context);
void addBackupRoutes(Router &router, const V1Context &context);
void addPurgeRoutes(Router &router, const V1Context &context);
void addWebhookRoutes(Router &router, const V1Context &context);
void addStreamRoutes(Router &router, const V1Context &context);
void addKeyRoutes(Router &router, const V1Context &context);
void addMetricsRoutes(Router &router, const V1Context &context);
void addBatchRoutes(Router &router, const V1Context &context);
void addReportRoutes(Router &router, const V1Context &context);
void addSecretRoutes(Router &router, const V1Context &context);
void addGrantRoutes(Router &router, const V1Context &context);
void addOpenApiRoutes(Router &router, const V1Context &context);

/// Adds a route of what is for a full key alone, also to be seen, and takes no parameters.
void addGuardedRoute(Router &router, const V1Context &context, std::string method,
    std::string_view pattern, void (*handle)(Exchange &, const V1Context &));

/// Gives the exchange its answer from a request, or a 405 with the verbs that the path takes, or
/// 404.
void answerV1(const Router &router, const std::shared_ptr<Exchange> &exchange);
/// What a request is for; one that no route takes reads or changes by its verb.
Right rightOf(const Router &router, const RestRequest &request);
/// Whether this request needs no key.
bool isOpenToAll(const RestRequest &request);
/// Whether it is posted to a webhook, whose signature is its key (semantics 10.3).
bool isWebhookCall(const RestRequest &request);

} // namespace engine
