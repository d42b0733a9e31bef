#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"

#include <algorithm>

namespace engine {

namespace {

/// The header, which a browser sends by itself when it comes again, or the parameter for everyone else.
std::string lastEventId(const Exchange &exchange)
{
    const std::string *header = exchange.header("Last-Event-ID");
    return header && !header->empty() ? *header : exchange.query().value("lastEventId");
}

Result<StreamFilter> streamFilter(const UrlQuery &query)
{
    if (auto known = onlyParameters(query, {"lastEventId", "flow", "instance", "kind"}); !known)
        return known.error();
    StreamFilter filter{{}, {query.value("flow")}, {query.value("instance")}};
    const std::string kinds = query.value("kind");
    for (std::size_t begin = 0; begin < kinds.size();) {
        const std::size_t end = std::min(kinds.find(',', begin), kinds.size());
        filter.kinds.push_back(kinds.substr(begin, end - begin));
        const std::string &kind = filter.kinds.back();
        if (kind != "instance" && kind != "task" && kind != "purged")
            return Error{ErrorCode::InvalidArgument,
                "parameter 'kind' must be instance, task or purged; several are joined by commas",
                {}};
        begin = end + 1;
    }
    return filter;
}

void stream(Exchange &exchange, const V1Context &context)
{
    auto filter = streamFilter(exchange.query());
    if (!filter)
        return exchange.answer(problemAnswer(filter.error()));
    const std::string last = lastEventId(exchange);
    const auto place = streamPlaceFrom(last);
    if (!last.empty() && !place)
        return exchange.answer(problemAnswer({ErrorCode::InvalidArgument,
            "Last-Event-ID must be the id of an event of this stream, such as 7-12 or 7-12.1; "
            "without "
            "one it begins with what comes next",
            {}}));
    auto reader = context.streams->add(
        place, *std::move(filter), [holdsStill = context.holdsStill, request = exchange.request()] {
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
