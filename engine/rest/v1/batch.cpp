#include "engine/base/clock.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/body_object.h"
#include "engine/rest/v1/parameters.h"
#include "engine/rest/v1/routes.h"
#include "engine/wire/report_json.h"

namespace engine {

namespace {

constexpr std::int64_t mostAtOnce = 10'000;

Error wrong(const char *what, const char *pointer)
{
    return {ErrorCode::InvalidArgument, what, pointer};
}

/// The query must say something: nobody ends all instances by accident.
Result<BatchRequest> whatFrom(const BodyObject &object)
{
    const auto word = object->text("operation");
    if (!word)
        return word.error();
    const auto operation = valueNamed(batchOperationNames, *word);
    if (!operation)
        return wrong("'operation' must be suspend, resume, terminate, retry, rewind or purge",
            "/operation");
    auto written = object->text("query");
    if (!written)
        return written.error();
    auto query = instanceQueryFrom(*written, SystemClock().now());
    if (!query)
        return query.error();
    if (query->terms.empty())
        return wrong("'query' must say which instances, as in status:failed flow:order", "/query");
    return BatchRequest{
        .operation = *operation, .query = *std::move(query), .queryText = *std::move(written)};
}

Result<BatchRequest> batchRequest(const Exchange &exchange, const JsonLimits &limits)
{
    const auto object = readObject(exchange.request().body, limits,
        {"operation", "query", "dryRun", "limit", "after", "reason"});
    if (!object)
        return object.error();
    auto request = whatFrom(*object);
    if (!request)
        return request.error();
    const auto isDry = (*object)->has("dryRun") ? (*object)->boolean("dryRun") : Result(false);
    const auto limit = (*object)->optionalInteger("limit");
    auto after = (*object)->optionalText("after");
    auto reason = (*object)->optionalText("reason");
    if (!isDry)
        return isDry.error();
    if (!limit)
        return limit.error();
    if (limit->value_or(1) < 1 || limit->value_or(1) > mostAtOnce)
        return wrong("'limit' must be a whole number from 1 to 10000", "/limit");
    if (!after)
        return after.error();
    if (!reason)
        return reason.error();
    request->isDry = *isDry;
    request->limit = static_cast<int>(limit->value_or(request->limit));
    request->after = after->value_or(std::string());
    request->reason = reason->value_or(std::string());
    request->source = exchange.source();
    return request;
}

void runBatch(Exchange &exchange, const V1Context &context)
{
    if (auto known = onlyParameters(exchange.query(), {}); !known)
        return exchange.answer(problemAnswer(known.error()));
    auto request = batchRequest(exchange, context.payload);
    if (!request)
        return exchange.answer(problemAnswer(request.error()));
    const bool isDry = request->isDry;
    context.door.operations.batch(
        *std::move(request), exchange.then<BatchResult>([&exchange, isDry](auto result) {
            exchange.answer(result ? jsonAnswer(200, toJsonText(*result, isDry))
                                   : problemAnswer(result.error()));
        }));
}

} // namespace

void addBatchRoutes(Router &router, const V1Context &context)
{
    router.add("POST", "api/v1/instances/batch",
        [context](Exchange &exchange) { runBatch(exchange, context); });
}

} // namespace engine
