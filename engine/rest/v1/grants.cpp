#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"
#include "engine/wire/report_json.h"

#include <algorithm>
#include <charconv>
#include <limits>

// What flows may do, and which of their versions there are.

namespace engine {

namespace {

RestResponse grantsAnswer(const std::vector<FlowGrant> &grants, const std::string &flow)
{
    JsonArrayWriter list;
    for (const FlowGrant &grant : grants) {
        if (flow.empty() || grant.flow.value == flow)
            list.add(toJsonText(grant));
    }
    JsonObjectWriter body;
    body.raw("grants", std::move(list).finish());
    return jsonAnswer(200, std::move(body).finish());
}

/// Answers with what the flow may do now.
Completion<Acceptance> grantsThen(Exchange &exchange, const V1Context &context)
{
    return exchange.then<Acceptance>([&exchange, context](auto done) {
        if (!done)
            return exchange.answer(problemAnswer(done.error()));
        context.door.flows.grants(
            exchange.then<std::vector<FlowGrant>>([&exchange](auto grants) {
                exchange.answer(grants ? grantsAnswer(*grants, exchange.parameter("name"))
                                       : problemAnswer(grants.error()));
            }));
    });
}

void listGrants(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"flow"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    context.door.flows.grants(exchange.then<std::vector<FlowGrant>>([&exchange](auto grants) {
        exchange.answer(grants ? grantsAnswer(*grants, exchange.query().value("flow"))
                               : problemAnswer(grants.error()));
    }));
}

/// `{"version": 2, "reason": "…"}`: without a version the newest. Whoever asks has read what the version
/// wants to do; what another one wants is not granted with it (semantics 5.6).
Result<GrantRequest> grantRequest(const Exchange &exchange, const JsonLimits &limits)
{
    const std::string &body = exchange.request().body;
    const auto object = readObject(body.empty() ? "{}" : body, limits, {"version", "reason"});
    if (!object)
        return object.error();
    const auto version = (*object)->optionalInteger("version");
    if (!version)
        return version.error();
    if (version->value_or(1) < 1 || version->value_or(1) > std::numeric_limits<int>::max())
        return Error{ErrorCode::InvalidArgument, "'version' must be a positive number", "/version"};
    auto reason = (*object)->optionalText("reason");
    if (!reason)
        return reason.error();
    return GrantRequest{{exchange.parameter("name")}, static_cast<int>(version->value_or(0)), true,
        reason->value_or(std::string()), exchange.source()};
}

void allow(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto request = grantRequest(exchange, context.payload);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.flows.setGrant(*std::move(request), grantsThen(exchange, context));
}

void revoke(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"reason"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    context.door.flows.setGrant({{exchange.parameter("name")}, 0, false,
                                    exchange.query().value("reason"), exchange.source()},
        grantsThen(exchange, context));
}

void removeVersion(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"reason"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    const std::string written = exchange.parameter("version");
    RemoveVersionRequest request{{exchange.parameter("name")}, 0,
        exchange.query().value("reason"), exchange.source()};
    const char *end = written.data() + written.size();
    const auto [stop, fault] = std::from_chars(written.data(), end, request.version);
    if (fault != std::errc{} || stop != end)
        return exchange.answer(problemAnswer(Error{ErrorCode::NotFound,
            "flow '" + request.flow.value + "' has no version '" + written + "'", {}}));
    const int version = request.version;
    context.door.flows.removeVersion(
        std::move(request), exchange.then<Acceptance>([&exchange, version](auto removed) {
            if (!removed)
                return exchange.answer(problemAnswer(removed.error()));
            JsonObjectWriter body;
            body.text("flow", exchange.parameter("name")).number("version", version);
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

} // namespace

void addGrantRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string method, std::string_view pattern,
                         void (*handle)(Exchange &, const V1Context &)) {
        router.add(std::move(method), pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("GET", "api/v1/grants", listGrants);
    add("PUT", "api/v1/grants/{name}", allow);
    add("DELETE", "api/v1/grants/{name}", revoke);
    add("DELETE", "api/v1/flows/{name}/versions/{version}", removeVersion);
}

} // namespace engine
