#include "engine/rest/durable_functions/status_body.h"

#include "engine/wire/json_writer.h"

namespace engine {

namespace {

/// `2026-01-31T23:59:59Z`
std::string wholeSeconds(Instant instant)
{
    std::string text = toText(instant);
    return text.substr(0, text.find('.')) + "Z";
}

} // namespace

std::string durableStatusText(const InstanceSummary &summary, const DurableStatusParts &parts,
    const std::vector<HistoryEvent> &events)
{
    JsonObjectWriter status;
    status.text("name", summary.flow.value)
        .text("instanceId", summary.instance.value)
        .text("runtimeStatus", toText(summary.status))
        .value("input", parts.input ? summary.input : JsonText())
        .value("customStatus", summary.customStatus)
        .value("output", summary.output)
        .text("createdTime", wholeSeconds(summary.createdAt))
        .text("lastUpdatedTime", wholeSeconds(summary.changedAt));
    if (parts.history && summary.status != InstanceStatus::Pending) {
        const std::string history = durableHistoryText(events, parts);
        status.raw("historyEvents", history).raw("history", history);
    }
    return std::move(status).finish();
}

} // namespace engine
