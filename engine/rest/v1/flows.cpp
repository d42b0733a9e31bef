#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"
#include "engine/wire/problem_json.h"

#include <algorithm>
#include <functional>
#include <span>

namespace engine {

namespace {

using FlowVersions = std::vector<FlowVersion>;

/// One flow with all its versions; `versions` are of one flow, ascending.
JsonObjectWriter flowOf(std::span<const FlowVersion> versions)
{
    JsonArrayWriter list;
    for (const FlowVersion &version : versions) {
        JsonObjectWriter object;
        object.number("version", version.version).time("deployedAt", version.deployedAt);
        list.add(std::move(object).finish());
    }
    JsonObjectWriter flow;
    flow.text("flow", versions.back().flow.value)
        .number("version", versions.back().version)
        .time("deployedAt", versions.back().deployedAt)
        .raw("versions", std::move(list).finish());
    return flow;
}

/// The versions of the flow that begins at `first`.
std::span<const FlowVersion> versionsFrom(const FlowVersions &all, std::size_t first)
{
    std::size_t end = first;
    while (end < all.size() && all[end].flow == all[first].flow)
        ++end;
    return std::span(all).subspan(first, end - first);
}

RestResponse listAnswer(const FlowVersions &all)
{
    JsonArrayWriter flows;
    for (std::size_t first = 0; first < all.size();) {
        const auto versions = versionsFrom(all, first);
        flows.add(flowOf(versions).finish());
        first += versions.size();
    }
    JsonObjectWriter body;
    body.raw("flows", std::move(flows).finish());
    return jsonAnswer(200, std::move(body).finish());
}

Error noSuchFlow(const std::string &name)
{
    return {ErrorCode::NotFound,
        "no flow '" + name + "' is deployed; GET /api/v1/flows lists those that are", {}};
}

RestResponse flowAnswer(const FlowVersions &all, const std::string &name)
{
    const auto found = std::ranges::find(all, FlowId{name}, &FlowVersion::flow);
    if (found == all.end())
        return problemAnswer(noSuchFlow(name));
    const auto versions = versionsFrom(all, static_cast<std::size_t>(found - all.begin()));
    JsonObjectWriter flow = flowOf(versions);
    flow.raw("definition", versions.back().text);
    return jsonAnswer(200, std::move(flow).finish());
}

/// The file as it was deployed, byte for byte.
RestResponse fileAnswer(const FlowVersions &all, const std::string &name, const std::string &number)
{
    const auto found = std::ranges::find_if(all, [&](const FlowVersion &version) {
        return version.flow.value == name && std::to_string(version.version) == number;
    });
    if (found == all.end())
        return problemAnswer(
            Error{ErrorCode::NotFound, "flow '" + name + "' has no version '" + number + "'", {}});
    return jsonAnswer(200, found->text);
}

RestResponse deployedAnswer(const DeployedFlow &deployed)
{
    if (deployed.version == 0)
        return flowRefused(deployed.problems);
    JsonObjectWriter body;
    body.text("flow", deployed.flow.value)
        .number("version", deployed.version)
        .raw("problems", toJsonText(deployed.problems));
    return jsonAnswer(200, std::move(body).finish());
}

void withFlows(Exchange &exchange, const Door &door,
    std::function<RestResponse(const FlowVersions &)> answerFrom)
{
    door.flows.list(
        exchange.then<FlowVersions>([&exchange, answerFrom = std::move(answerFrom)](auto flows) {
            exchange.answer(flows ? answerFrom(*flows) : problemAnswer(flows.error()));
        }));
}

} // namespace

void addFlowRoutes(Router &router, const V1Context &context)
{
    router.add("GET", "api/v1/flows",
        [context](Exchange &exchange) { withFlows(exchange, context.door, listAnswer); });
    router.add("GET", "api/v1/flows/{name}", [context](Exchange &exchange) {
        withFlows(exchange, context.door,
            [name = exchange.parameter("name")](const auto &all) { return flowAnswer(all, name); });
    });
    router.add("GET", "api/v1/flows/{name}/versions/{version}", [context](Exchange &exchange) {
        withFlows(exchange, context.door,
            [name = exchange.parameter("name"), number = exchange.parameter("version")](
                const auto &all) { return fileAnswer(all, name, number); });
    });
    router.add("POST", "api/v1/flows", [context](Exchange &exchange) {
        // Never a grant from here (semantics 5.6).
        context.door.flows.deploy({exchange.request().body, false, exchange.source()},
            exchange.then<DeployedFlow>([&exchange](auto deployed) {
                exchange.answer(
                    deployed ? deployedAnswer(*deployed) : problemAnswer(deployed.error()));
            }));
    });
}

} // namespace engine
