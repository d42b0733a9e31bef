#include "engine/wire/report_json.h"

#include "engine/wire/instance_json.h"
#include "engine/wire/json_writer.h"

namespace engine {
namespace {

std::string failureText(const Failure &failure)
{
    JsonObjectWriter object;
    object.text("type", failure.type)
        .text("message", failure.message)
        .value("details", failure.details)
        .boolean("retriable", failure.retriable);
    return std::move(object).finish();
}

void addMilliseconds(
    JsonObjectWriter &object, std::string_view key, const std::optional<Milliseconds> &time)
{
    if (time)
        object.number(key, time->count());
    else
        object.null(key);
}

std::string countsText(const InstanceCounts &counts)
{
    JsonObjectWriter object;
    object.number("waiting", counts.waiting)
        .number("running", counts.running)
        .number("suspended", counts.suspended)
        .number("completed", counts.completed)
        .number("failed", counts.failed)
        .number("terminated", counts.terminated);
    return std::move(object).finish();
}

template<typename Names>
std::string namesText(const Names &names)
{
    JsonArrayWriter list;
    for (const auto &name : names)
        list.add(JsonText::ofString(name.value).text());
    return std::move(list).finish();
}

std::string outcomeText(const BatchOutcome &outcome)
{
    JsonObjectWriter object;
    object.text("instance", outcome.instance.value).boolean("done", !outcome.refusal);
    object.textOrNull("problem", outcome.refusal ? outcome.refusal->message : std::string());
    return std::move(object).finish();
}

} // namespace

std::string toJsonText(const StepVisit &visit)
{
    JsonObjectWriter object;
    object.number("sequence", visit.sequence)
        .text("branch", visit.branch.value)
        .text("step", visit.step.value)
        .time("begin", visit.begin)
        .time("end", visit.end)
        .text("outcome", visit.outcome)
        .textOrNull("way", visit.way)
        .textOrNull("to", visit.to.value)
        .textOrNull("activity", visit.activity)
        .number("attempts", visit.attempts)
        .raw("waitedFor", JsonText::ofStrings(visit.waitedFor).text())
        .raw("subFlows", namesText(visit.subFlows))
        .time("until", visit.until);
    if (visit.failure)
        object.raw("failure", failureText(*visit.failure));
    else
        object.null("failure");
    return std::move(object).finish();
}

std::string toJsonText(const ChildInstance &child)
{
    JsonObjectWriter object;
    object.number("sequence", child.sequence)
        .text("branch", child.branch.value)
        .text("step", child.step.value)
        .text("instance", child.instance.value)
        .text("flow", child.flow.value)
        .boolean("detached", child.isDetached);
    if (child.now)
        object.raw("now", toJsonText(*child.now));
    else
        object.null("now");
    return std::move(object).finish();
}

std::string toJsonText(const VersionStatistics &statistics)
{
    JsonArrayWriter standing;
    for (const StandingStep &step : statistics.standing) {
        JsonObjectWriter one;
        one.text("step", step.step.value)
            .number("instances", step.instances)
            .time("since", step.since);
        standing.add(std::move(one).finish());
    }
    JsonObjectWriter durations;
    durations.number("measured", statistics.measured);
    addMilliseconds(durations, "median", statistics.median);
    addMilliseconds(durations, "p95", statistics.p95);
    JsonObjectWriter object;
    object.text("flow", statistics.flow.value)
        .number("version", statistics.version)
        .raw("instances", countsText(statistics.counts))
        .raw("standing", std::move(standing).finish())
        .raw("milliseconds", std::move(durations).finish());
    return std::move(object).finish();
}

std::string toJsonText(const FlowGrant &grant)
{
    JsonObjectWriter object;
    object.text("flow", grant.flow.value)
        .number("version", grant.version)
        .raw("demands", JsonText::ofStrings(grant.demands).text())
        .boolean("granted", grant.grantedAt.has_value())
        .time("at", grant.grantedAt);
    return std::move(object).finish();
}

std::string toJsonText(const BatchResult &result, bool isDry)
{
    JsonObjectWriter object;
    object.boolean("dryRun", isDry).number("matched", result.matched);
    JsonArrayWriter list;
    for (const BatchOutcome &outcome : result.outcomes)
        list.add(isDry ? JsonText::ofString(outcome.instance.value).text() : outcomeText(outcome));
    if (!isDry)
        object.number("done", result.done);
    object.raw(isDry ? "instances" : "results", std::move(list).finish());
    if (!isDry)
        object.textOrNull("next", result.next);
    return std::move(object).finish();
}

} // namespace engine
