#include "engine/base/joined.h"
#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/handlers.h"
#include "engine/rest/durable_functions/parameters.h"

#include <set>

namespace engine {

namespace {

std::string unknownFlowText(
    const std::string &name, const std::string &version, const std::vector<FlowVersion> &flows)
{
    std::set<std::string> names;
    for (const FlowVersion &known : flows)
        names.insert("'" + known.flow.value + "'");
    if (names.contains("'" + name + "'"))
        return "The function '" + name + "' has no version " + version + ".";
    return "The function '" + name +
           "' doesn't exist, is disabled, or is not an orchestrator function. Additional info: " +
           (names.empty() ? "No orchestrator functions are currently registered!"
                          : "The following are the known orchestrator functions: " + joined(names) +
                                ".");
}

void refuseUnknownFlow(Exchange &exchange, const DurableContext &context)
{
    context.door.flows.list(exchange.then<std::vector<FlowVersion>>([&exchange](auto flows) {
        exchange.answer(
            flows ? durableBadArgument(unknownFlowText(exchange.parameter("name"),
                        exchange.query().value("version"), *flows))
                  : durableError(flows.error()));
    }));
}

void refuseDuplicate(Exchange &exchange, const DurableContext &context)
{
    context.door.queries.find(
        {exchange.parameter("id")}, exchange.then<InstanceSummary>([&exchange](auto summary) {
            // It may have ended since; it was live when the start was refused.
            const auto status = summary && !isFinished(summary->status) ? summary->status
                                                                       : InstanceStatus::Running;
            exchange.answer(
                durableMessage(409, "An Orchestration instance with the status " +
                                        std::string(toText(status)) + " already exists."));
        }));
}

void answerStart(
    Exchange &exchange, const DurableContext &context, const Result<Acceptance> &started)
{
    if (started)
        return durableAnswerStarted(exchange, context, started->instance);
    switch (started.error().code) {
    case ErrorCode::NotFound: return refuseUnknownFlow(exchange, context);
    case ErrorCode::AlreadyExists: return refuseDuplicate(exchange, context);
    default: return exchange.answer(durableError(started.error()));
    }
}

} // namespace

void durableStart(Exchange &exchange, const DurableContext &context)
{
    const std::string version = exchange.query().value("version");
    if (!version.empty() && !durableNumber(exchange.query(), "version"))
        return exchange.answer(durableBadArgument(
            "the version '" + version + "' is no whole number; versions of a flow are 1, 2, 3 and so on"));
    StartRequest request{.flow = {exchange.parameter("name")},
        .version = durableNumber(exchange.query(), "version"),
        .instance = {exchange.parameter("id")},
        .source = exchange.source()};
    if (const std::string &body = exchange.request().body; !body.empty()) {
        auto input = JsonText::parse(body, context.payload);
        if (!input)
            return exchange.answer(durableBadJson(input.error().message));
        request.input = *std::move(input);
    }
    context.door.instances.start(std::move(request),
        exchange.then<Acceptance>(
            [&exchange, context](auto started) { answerStart(exchange, context, started); }));
}

namespace {

void answerRestart(
    Exchange &exchange, const DurableContext &context, const Result<Acceptance> &started)
{
    if (!started && started.error().code == ErrorCode::NotFound)
        return exchange.answer(
            durableBadArgument("InstanceId does not match a valid orchestration instance.",
                started.error().message));
    answerStart(exchange, context, started);
}

} // namespace

void durableRestart(Exchange &exchange, const DurableContext &context)
{
    RestartRequest request{
        .instance = {exchange.parameter("id")}, .source = exchange.source()};
    if (!durableFlag(exchange.query(), "restartWithNewInstanceId", true))
        request.as = request.instance;
    context.door.operations.restart(std::move(request),
        exchange.then<Acceptance>(
            [&exchange, context](auto started) { answerRestart(exchange, context, started); }));
}

} // namespace engine
