#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/event_json.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

constexpr int mostEntries = 1000;

RestResponse pageAnswer(const AuditPage &page)
{
    JsonArrayWriter list;
    for (const AuditEntry &entry : page.entries)
        list.add(toJsonText(entry));
    JsonObjectWriter body;
    body.raw("audit", std::move(list).finish());
    body.textOrNull("next", page.next);
    return jsonAnswer(200, std::move(body).finish());
}

void list(Exchange &exchange, const V1Context &context, InstanceId instance)
{
    auto limit = numberParameter(exchange.query(),
        {.name = "limit", .least = 1, .most = mostEntries, .otherwise = 100});
    if (!limit)
        return exchange.answer(problemAnswer(limit.error()));
    context.door.queries.audit(
        {std::move(instance), exchange.query().value("after"), static_cast<int>(*limit)},
        exchange.then<AuditPage>([&exchange](auto page) {
            exchange.answer(page ? pageAnswer(*page) : problemAnswer(page.error()));
        }));
}

/// Of everything, or of the instance that the query names: it may be purged.
void listAll(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"instance", "after", "limit"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    list(exchange, context, {exchange.query().value("instance")});
}

void listOfInstance(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"after", "limit"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    list(exchange, context, {exchange.parameter("id")});
}

} // namespace

void addAuditRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string_view pattern, void (*handle)(Exchange &, const V1Context &)) {
        router.add("GET", pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("api/v1/audit", listAll);
    add("api/v1/instances/{id}/audit", listOfInstance);
}

} // namespace engine
