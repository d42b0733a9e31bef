#include "engine/wire/instance_json.h"

#include "engine/wire/json_writer.h"

namespace engine {

namespace {

JsonObjectWriter writerOf(const InstanceSummary &summary)
{
    JsonObjectWriter object;
    object.text("instance", summary.instance.value)
        .number("run", summary.run.value)
        .text("flow", summary.flow.value)
        .number("version", summary.version)
        .text("status", toText(summary.status))
        .boolean("waiting", summary.waiting)
        .textOrNull("setAside", summary.setAside)
        .time("createdAt", summary.createdAt)
        .time("changedAt", summary.changedAt)
        .time("finishedAt", summary.finishedAt)
        .value("input", summary.input)
        .value("customStatus", summary.customStatus)
        .value("output", summary.output)
        .textOrNull("errorType", summary.errorType)
        .textOrNull("parent", summary.parent.value)
        .textOrNull("standsOn", summary.standsOn)
        .textOrNull("standsAt", summary.standsAt.value);
    const bool stands = !summary.standsAt.empty() && !isFinished(summary.status);
    object.time("standsSince", stands ? std::optional(summary.standsSince) : std::nullopt)
        .time("standsUntil", summary.standsUntil)
        .number("historyLength", summary.length);
    return object;
}

std::string waitsText(const RunProgress &progress)
{
    JsonArrayWriter waits;
    for (const StepTrace &trace : progress.steps) {
        if (trace.waitsFor.empty())
            continue;
        JsonArrayWriter names;
        for (const std::string &name : trace.waitsFor)
            names.add(JsonText::ofString(name).text());
        JsonObjectWriter wait;
        wait.text("step", trace.step.value)
            .raw("events", std::move(names).finish())
            .number("taken", trace.taken)
            .time("since", trace.since)
            .time("until", trace.until);
        waits.add(std::move(wait).finish());
    }
    return std::move(waits).finish();
}

std::string keptText(const RunProgress &progress)
{
    JsonArrayWriter kept;
    for (const KeptEvent &event : progress.kept) {
        JsonObjectWriter object;
        object.number("sequence", event.event)
            .text("name", event.name)
            .value("payload", event.payload)
            .textOrNull("eventId", event.eventId.value_or(""))
            .time("at", event.at);
        kept.add(std::move(object).finish());
    }
    return std::move(kept).finish();
}

std::string branchesText(const RunProgress &progress)
{
    JsonArrayWriter branches;
    for (const BranchTrace &trace : branchesOf(progress)) {
        JsonObjectWriter branch;
        branch.text("branch", trace.branch.value)
            .text("step", trace.step.value)
            .time("since", trace.since);
        branches.add(std::move(branch).finish());
    }
    return std::move(branches).finish();
}

} // namespace

std::string toJsonText(const InstanceSummary &summary) { return writerOf(summary).finish(); }

std::string toJsonText(const InstanceSummary &summary, const RunProgress &progress)
{
    JsonObjectWriter object = writerOf(summary);
    object.raw("branches", branchesText(progress))
        .raw("waits", waitsText(progress))
        .raw("kept", keptText(progress));
    return std::move(object).finish();
}

} // namespace engine
