#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/handlers.h"
#include "engine/rest/event_refusal.h"

namespace engine {

namespace {

bool isJsonType(const std::string *contentType)
{
    if (!contentType)
        return false;
    std::string_view type = *contentType;
    type = type.substr(0, type.find_first_of("; \t"));
    return sameText(type, "application/json");
}

void answerOperation(Exchange &exchange, const Result<Acceptance> &accepted)
{
    exchange.answer(accepted ? durableEmpty(202) : durableError(accepted.error()));
}

} // namespace

void durableRaiseEvent(Exchange &exchange, const DurableContext &context)
{
    const InstanceId instance{exchange.parameter("id")};
    if (!isJsonType(exchange.header("Content-Type")))
        return refuseEvent(exchange, context.door, instance, {}, [&exchange](const Error &error) {
            exchange.answer(
                error.message.empty()
                    ? durableMessage(400, "Only application/json request content is supported")
                    : durableError(error));
        });
    auto payload = JsonText::parse(exchange.request().body, context.payload);
    if (!payload)
        return refuseEvent(
            exchange, context.door, instance, payload.error(), [&exchange](const Error &error) {
                const bool isPayload =
                    error.code == ErrorCode::InvalidArgument || error.code == ErrorCode::TooLarge;
                exchange.answer(isPayload ? durableBadJson(error.message) : durableError(error));
            });
    RaiseRequest request{.instance = instance,
        .name = exchange.parameter("event"),
        .payload = *std::move(payload),
        .source = exchange.source()};
    if (const std::string *id = exchange.header("Idempotency-Key"); id && !id->empty())
        request.eventId = *id;
    context.door.instances.raise(std::move(request),
        exchange.then<Acceptance>(
            [&exchange](auto accepted) { answerOperation(exchange, accepted); }));
}

void durableTerminate(Exchange &exchange, const DurableContext &context)
{
    context.door.instances.terminate(
        {{exchange.parameter("id")}, exchange.query().value("reason"), exchange.source()},
        exchange.then<Acceptance>(
            [&exchange](auto accepted) { answerOperation(exchange, accepted); }));
}

namespace {

using Operation = void (OperationsDoor::*)(OperationRequest, Completion<Acceptance>);

/// What is not possible in the state that the instance is in is a 500 here (http-api.md A3.5).
void answerOrder(Exchange &exchange, const Result<Acceptance> &accepted)
{
    if (!accepted && accepted.error().code == ErrorCode::WrongState)
        return exchange.answer(durableFault(accepted.error().message));
    answerOperation(exchange, accepted);
}

void order(Exchange &exchange, const DurableContext &context, Operation operation)
{
    (context.door.operations.*operation)(
        {{exchange.parameter("id")}, exchange.query().value("reason"), exchange.source()},
        exchange.then<Acceptance>(
            [&exchange](auto accepted) { answerOrder(exchange, accepted); }));
}

} // namespace

void durableSuspend(Exchange &exchange, const DurableContext &context)
{
    order(exchange, context, &OperationsDoor::suspend);
}

void durableResume(Exchange &exchange, const DurableContext &context)
{
    order(exchange, context, &OperationsDoor::resume);
}

/// Clients take the body as the text of their error, so it is a JSON string (http-api.md A3.6).
void durableRewind(Exchange &exchange, const DurableContext &context)
{
    context.door.operations.rewind(
        {{exchange.parameter("id")}, exchange.query().value("reason"), exchange.source()},
        exchange.then<Acceptance>([&exchange](auto accepted) {
            if (!accepted && accepted.error().code == ErrorCode::WrongState)
                return exchange.answer(
                    durableJson(412, JsonText::ofString(accepted.error().message).text()));
            if (!accepted && accepted.error().code == ErrorCode::NotFound)
                return exchange.answer(
                    durableJson(404, JsonText::ofString(accepted.error().message).text()));
            answerOperation(exchange, accepted);
        }));
}

} // namespace engine
