#include "engine/rest/v1/routes.h"

#include "engine/base/joined.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"

#include <algorithm>

namespace engine {

namespace {

std::string verbs(std::vector<std::string> methods)
{
    if (std::ranges::find(methods, "GET") != methods.end())
        methods.emplace_back("HEAD");
    methods.emplace_back("OPTIONS");
    return joined(methods);
}

RestResponse wrongVerb(const RestRequest &request, const std::vector<std::string> &methods)
{
    RestResponse response =
        request.method == "OPTIONS"
            ? RestResponse{204, {}, {}}
            : problemAnswer(405, "this path does not take this verb; it takes " + verbs(methods));
    response.headers.emplace_back("Allow", verbs(methods));
    return response;
}

} // namespace

Router v1Routes(const V1Context &context)
{
    Router router(LiteralCase::Exact);
    addHealthRoutes(router, context);
    addFlowRoutes(router, context);
    addInstanceRoutes(router, context);
    addEventRoutes(router, context);
    addOperationRoutes(router, context);
    addUndeliveredRoutes(router, context);
    addWorkRoutes(router, context);
    addTaskRoutes(router, context);
    addAuditRoutes(router, context);
    addCorrectionRoutes(router, context);
    addBackupRoutes(router, context);
    addPurgeRoutes(router, context);
    addWebhookRoutes(router, context);
    addStreamRoutes(router, context);
    addKeyRoutes(router, context);
    addMetricsRoutes(router, context);
    addBatchRoutes(router, context);
    addReportRoutes(router, context);
    addSecretRoutes(router, context);
    addGrantRoutes(router, context);
    addOpenApiRoutes(router, context);
    return router;
}

void addGuardedRoute(Router &router, const V1Context &context, std::string method,
    std::string_view pattern, void (*handle)(Exchange &, const V1Context &))
{
    const auto handler = [context, handle](Exchange &exchange) {
        if (auto known = onlyParameters(exchange.query(), {}); !known)
            return exchange.answer(problemAnswer(known.error()));
        handle(exchange, context);
    };
    router.add(std::move(method), pattern, handler, Right::Change);
}

void answerV1(const Router &router, const std::shared_ptr<Exchange> &exchange)
{
    const RestRequest &request = exchange->request();
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    auto match = router.match(method, decodedPath(request.target));
    if (!match.handler && match.methods.empty())
        return exchange->answer(problemAnswer(404, "there is nothing at this path"));
    if (!match.handler)
        return exchange->answer(wrongVerb(request, match.methods));
    exchange->setParameters(std::move(match.parameters));
    exchange->run([&] { (*match.handler)(*exchange); });
}

Right rightOf(const Router &router, const RestRequest &request)
{
    const bool reads =
        request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
    const std::string method = request.method == "HEAD" ? "GET" : request.method;
    const auto match = router.match(method, decodedPath(request.target));
    return match.handler ? match.right : reads ? Right::Read : Right::Change;
}

bool isOpenToAll(const RestRequest &request)
{
    const auto segments = decodedPath(request.target);
    return segments == std::vector<std::string>{"api", "v1", "health"};
}

} // namespace engine
