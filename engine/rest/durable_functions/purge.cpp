#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/handlers.h"
#include "engine/rest/durable_functions/parameters.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

RestResponse deletedAnswer(std::int64_t count)
{
    JsonObjectWriter body;
    body.number("instancesDeleted", count);
    return count == 0 ? durableEmpty(404) : durableJson(200, std::move(body).finish());
}

RestResponse textAnswer(int status, std::string_view text)
{
    return durableJson(status, JsonText::ofString(text).text());
}

} // namespace

/// Live instances are never purged (http-api.md A3.8).
void durablePurge(Exchange &exchange, const DurableContext &context)
{
    context.door.operations.purge({{exchange.parameter("id")}, {}, exchange.source()},
        exchange.then<Acceptance>([&exchange](auto purged) {
            if (!purged && purged.error().code == ErrorCode::WrongState)
                return exchange.answer(textAnswer(412, purged.error().message));
            exchange.answer(purged ? deletedAnswer(1) : durableError(purged.error()));
        }));
}

void durablePurgeAll(Exchange &exchange, const DurableContext &context)
{
    DurableFilter wanted = durableFilter(exchange.query());
    if (!wanted.filter.createdFrom)
        return exchange.answer(
            textAnswer(400, "Please provide value for 'createdTimeFrom' parameter."));
    // A status that nobody has, or that is misspelt, must not widen what is deleted.
    const bool namesNone =
        !exchange.query().value("runtimeStatus").empty() && wanted.filter.statuses.empty();
    if (wanted.matchesNothing || namesNone)
        return exchange.answer(deletedAnswer(0));
    context.door.operations.purgeAll({std::move(wanted.filter), {}, exchange.source()},
        exchange.then<std::int64_t>([&exchange](auto count) {
            exchange.answer(count ? deletedAnswer(*count) : durableError(count.error()));
        }));
}

} // namespace engine
