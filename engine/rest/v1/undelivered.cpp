#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/order_body.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/event_json.h"
#include "engine/wire/json_writer.h"

#include <charconv>

namespace engine {

namespace {

constexpr int mostUndelivered = 1000;

void listUndelivered(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"after", "limit"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto limit = numberParameter(exchange.query(),
        {.name = "limit", .least = 1, .most = mostUndelivered, .otherwise = 100});
    if (!limit)
        return exchange.answer(problemAnswer(limit.error()));
    context.door.queries.undelivered({exchange.query().value("after"), static_cast<int>(*limit)},
        exchange.then<UndeliveredPage>([&exchange](auto page) {
            if (!page)
                return exchange.answer(problemAnswer(page.error()));
            JsonArrayWriter list;
            for (const UndeliveredEvent &event : page->events)
                list.add(toJsonText(event));
            JsonObjectWriter body;
            body.raw("undelivered", std::move(list).finish()).textOrNull("next", page->next);
            exchange.answer(jsonAnswer(200, std::move(body).finish()));
        }));
}

Result<UndeliveredRequest> requestOf(const Exchange &exchange)
{
    const std::string written = exchange.parameter("entry");
    UndeliveredRequest request{.source = exchange.source()};
    const char *end = written.data() + written.size();
    const auto [stop, fault] = std::from_chars(written.data(), end, request.id);
    if (fault != std::errc{} || stop != end)
        return Error{ErrorCode::InvalidArgument,
            "'" + written + "' is no number of an entry; GET /api/v1/undelivered lists them", {}};
    return request;
}

/// To the instance it was meant for, or to the one that the body names.
void replay(Exchange &exchange, const V1Context &context)
{
    auto request = requestOf(exchange);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    auto body = orderBody(exchange.request().body, context.payload, OrderWith::Instance);
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    request->to = {body->instance};
    context.door.operations.replayUndelivered(*std::move(request), acceptedThen(exchange));
}

void deleteUndelivered(Exchange &exchange, const V1Context &context)
{
    auto request = requestOf(exchange);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    context.door.operations.deleteUndelivered(*std::move(request), acceptedThen(exchange));
}

} // namespace

void addUndeliveredRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string method, std::string_view pattern,
                         void (*handle)(Exchange &, const V1Context &)) {
        router.add(std::move(method), pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("GET", "api/v1/undelivered", listUndelivered);
    add("POST", "api/v1/undelivered/{entry}/replay", replay);
    add("DELETE", "api/v1/undelivered/{entry}", deleteUndelivered);
}

} // namespace engine
