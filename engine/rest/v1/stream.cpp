#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"

namespace engine {

namespace {

/// The header, which a browser sends by itself when it comes again, or the parameter for everyone else.
std::string lastEventId(const Exchange &exchange)
{
    const std::string *header = exchange.header("Last-Event-ID");
    return header && !header->empty() ? *header : exchange.query().value("lastEventId");
}

void stream(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {"lastEventId"}); !known)
        return exchange.answer(problemAnswer(known.error()));
    const std::string last = lastEventId(exchange);
    const auto place = streamPlaceFrom(last);
    if (!last.empty() && !place)
        return exchange.answer(problemAnswer({ErrorCode::InvalidArgument,
            "Last-Event-ID must be the id of an event of this stream, such as 12 or 12.1; without "
            "one it begins with what comes next",
            {}}));
    auto reader = context.streams->add(
        place, [holdsStill = context.holdsStill, request = exchange.request()] {
            return !holdsStill || holdsStill(request);
        });
    if (!reader)
        return exchange.answer(problemAnswer(503, "too many streams are open; try again later"));
    RestResponse response{200, {{"Content-Type", "text/event-stream"}}, {}};
    response.stream = std::move(reader);
    exchange.answer(std::move(response));
}

} // namespace

void addStreamRoutes(Router &router, const V1Context &context)
{
    router.add("GET", "api/v1/stream",
        [context](Exchange &exchange) { stream(exchange, context); });
}

} // namespace engine
