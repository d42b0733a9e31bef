#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

RestResponse purgedAnswer(std::int64_t count)
{
    JsonObjectWriter body;
    body.number("purged", count);
    return jsonAnswer(200, std::move(body).finish());
}

void purgeOne(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"reason"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    context.door.operations.purge(
        {{exchange.parameter("id")}, exchange.query().value("reason"), exchange.source()},
        exchange.then<Acceptance>([&exchange](auto purged) {
            exchange.answer(purged ? purgedAnswer(1) : problemAnswer(purged.error()));
        }));
}

/// The filter of the list, of which something must be said: nobody empties the list by accident.
void purgeMany(Exchange &exchange, const V1Context &context)
{
    const UrlQuery &query = exchange.query();
    if (auto known = onlyParameters(query, {"status", "flow", "idPrefix", "text", "createdFrom",
                                               "createdTo", "reason"});
        !known)
        return exchange.answer(problemAnswer(known.error()));
    auto filter = instanceFilter(query);
    if (!filter)
        return exchange.answer(problemAnswer(filter.error()));
    if (*filter == InstanceFilter())
        return exchange.answer(problemAnswer({ErrorCode::InvalidArgument,
            "say which instances are to go: status, flow, idPrefix, text, createdFrom or createdTo",
            {}}));
    context.door.operations.purgeAll(
        {*std::move(filter), query.value("reason"), exchange.source()},
        exchange.then<std::int64_t>([&exchange](auto count) {
            exchange.answer(count ? purgedAnswer(*count) : problemAnswer(count.error()));
        }));
}

} // namespace

void addPurgeRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string_view pattern, void (*handle)(Exchange &, const V1Context &)) {
        router.add("DELETE", pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("api/v1/instances/{id}", purgeOne);
    add("api/v1/instances", purgeMany);
}

} // namespace engine
