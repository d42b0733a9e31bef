#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"
#include "engine/wire/report_json.h"

#include <limits>

// What is worked out from whole histories and from the rows of all instances.

namespace engine {

namespace {

constexpr int mostOnAPage = 1000;

/// Where a page begins and how long it is.
template<typename Request>
Result<Request> pageRequest(const Exchange &exchange)
{
    const UrlQuery &query = exchange.query();
    if (auto known = onlyParameters(query, {"after", "limit"}); !known)
        return known.error();
    const auto after = numberParameter(query,
        {.name = "after", .most = std::numeric_limits<std::int64_t>::max(), .otherwise = 0});
    if (!after)
        return after.error();
    const auto limit = numberParameter(
        query, {.name = "limit", .least = 1, .most = mostOnAPage, .otherwise = 200});
    if (!limit)
        return limit.error();
    return Request{{exchange.parameter("id")}, *after, static_cast<int>(*limit)};
}

template<typename Items>
std::string listText(const Items &items)
{
    JsonArrayWriter list;
    for (const auto &item : items)
        list.add(toJsonText(item));
    return std::move(list).finish();
}

void addNext(JsonObjectWriter &body, Sequence next)
{
    body.textOrNull("next", next == 0 ? std::string() : std::to_string(next));
}

RestResponse timelineAnswer(const Timeline &timeline)
{
    JsonObjectWriter body;
    body.text("instance", timeline.summary.instance.value)
        .number("run", timeline.summary.run.value)
        .raw("visits", listText(timeline.visits));
    addNext(body, timeline.next);
    return jsonAnswer(200, std::move(body).finish());
}

void showTimeline(Exchange &exchange, const V1Context &context)
{
    auto request = pageRequest<TimelineRequest>(exchange);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.queries.timeline(
        *std::move(request), exchange.then<Timeline>([&exchange](auto timeline) {
            exchange.answer(timeline ? timelineAnswer(*timeline) : problemAnswer(timeline.error()));
        }));
}

void showChildren(Exchange &exchange, const V1Context &context)
{
    auto request = pageRequest<ChildrenRequest>(exchange);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.queries.children(
        *std::move(request), exchange.then<ChildPage>([&exchange](auto page) {
            if (!page)
                return exchange.answer(problemAnswer(page.error()));
            JsonObjectWriter body;
            body.raw("children", listText(page->children));
            addNext(body, page->next);
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

void showVariables(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {}); !known)
        return exchange.answer(problemAnswer(known.error()));
    context.door.queries.variables(
        {exchange.parameter("id")}, exchange.then<InstanceVariables>([&exchange](auto found) {
            if (!found)
                return exchange.answer(problemAnswer(found.error()));
            JsonObjectWriter body;
            body.text("instance", found->summary.instance.value)
                .number("run", found->summary.run.value)
                .value("variables", found->variables);
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

void showStatistics(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"flow"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    context.door.queries.statistics({exchange.query().value("flow")},
        exchange.then<std::vector<VersionStatistics>>([&exchange](auto statistics) {
            if (!statistics)
                return exchange.answer(problemAnswer(statistics.error()));
            JsonObjectWriter body;
            body.raw("statistics", listText(*statistics));
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

} // namespace

void addReportRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string_view pattern, void (*handle)(Exchange &, const V1Context &)) {
        router.add("GET", pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("api/v1/instances/{id}/timeline", showTimeline);
    add("api/v1/instances/{id}/children", showChildren);
    add("api/v1/instances/{id}/variables", showVariables);
    add("api/v1/statistics", showStatistics);
}

} // namespace engine
