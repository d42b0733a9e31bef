#include "engine/wire/event_json.h"

#include "engine/wire/json_writer.h"

namespace engine {

namespace {

std::string waitText(const WaitVerdict &verdict)
{
    JsonObjectWriter object;
    object.number("wait", verdict.wait)
        .text("branch", verdict.branch.value)
        .text("step", verdict.step.value)
        .raw("events", JsonText::ofStrings(verdict.names).text())
        .boolean("matches", verdict.matches)
        .text("why", verdict.why);
    return std::move(object).finish();
}

} // namespace

std::string toJsonText(const EventVerdict &verdict)
{
    JsonArrayWriter waits;
    for (const WaitVerdict &wait : verdict.waits)
        waits.add(waitText(wait));
    JsonObjectWriter object;
    if (verdict.event == 0)
        object.null("event").text("name", verdict.name).null("at");
    else
        object.number("event", verdict.event).text("name", verdict.name).time("at", verdict.at);
    object.boolean("kept", verdict.kept)
        .text("why", verdict.why)
        .raw("waits", std::move(waits).finish());
    return std::move(object).finish();
}

std::string toJsonText(const UndeliveredEvent &event)
{
    JsonObjectWriter object;
    object.number("id", event.id)
        .text("instance", event.instance.value)
        .text("name", event.event.name)
        .value("payload", event.event.payload)
        .textOrNull("eventId", event.event.eventId.value_or(""));
    if (event.event.branch)
        object.text("branch", event.event.branch->value);
    else
        object.null("branch");
    object.text("via", event.event.source.via)
        .textOrNull("who", event.event.source.who)
        .text("reason", event.reason)
        .time("at", event.at);
    return std::move(object).finish();
}

std::string toJsonText(const AuditEntry &entry)
{
    JsonObjectWriter object;
    object.number("id", entry.id)
        .time("at", entry.at)
        .text("via", entry.source.via)
        .textOrNull("who", entry.source.who)
        .text("operation", entry.operation)
        .textOrNull("instance", entry.instance.value);
    if (entry.run == RunKey())
        object.null("run");
    else
        object.number("run", entry.run.value);
    object.textOrNull("flow", entry.flow.value)
        .textOrNull("about", entry.about)
        .value("before", entry.before)
        .value("after", entry.after)
        .textOrNull("reason", entry.reason);
    return std::move(object).finish();
}

std::string toJsonText(const CorrelationAnswer &answer, bool duplicate)
{
    JsonObjectWriter object;
    object.raw("reached", JsonText::ofStrings(answer.reached).text()).raw("started", JsonText::ofStrings(answer.started).text());
    if (answer.keptUntil)
        object.time("keptUntil", *answer.keptUntil);
    else
        object.null("keptUntil");
    object.boolean("undelivered", answer.undelivered).boolean("duplicate", duplicate);
    return std::move(object).finish();
}

std::string toJsonText(const CorrelatedEvent &event)
{
    JsonArrayWriter keys;
    for (const EventKey &key : event.keys) {
        JsonObjectWriter one;
        one.text("expression", key.expression).text("key", key.key);
        keys.add(std::move(one).finish());
    }
    JsonObjectWriter object;
    object.number("id", event.id)
        .text("name", event.event.name)
        .raw("keys", std::move(keys).finish())
        .value("payload", event.event.payload)
        .textOrNull("eventId", event.event.eventId.value_or(""))
        .text("via", event.event.source.via)
        .textOrNull("who", event.event.source.who)
        .time("raisedAt", event.raisedAt)
        .time("until", event.until);
    return std::move(object).finish();
}

} // namespace engine
