#include "app/command_line/instance_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"

namespace app {

namespace {

using nlohmann::json;

/// Payloads stay JSON: `"7"` and `7` differ.
std::string payload(const json &object, const char *name)
{
    const auto found = object.find(name);
    return found == object.end() ? std::string() : found->dump();
}

std::string statusOf(const json &instance)
{
    if (!field(instance, "setAside").empty())
        return "Set aside";
    return instance.value("waiting", false) ? "Waiting" : field(instance, "status");
}

std::string waitsText(const json &waits)
{
    Table table({"WAITS AT", "FOR", "SINCE", "UNTIL"});
    for (const auto &wait : waits)
        table.add({field(wait, "step"), joinedField(wait, "events"), field(wait, "since"),
            field(wait, "until")});
    return table.isEmpty() ? std::string() : "\n" + table.text();
}

std::string keptText(const json &kept)
{
    constexpr std::size_t widest = 60;
    Table table({"KEPT EVENT", "CAME", "PAYLOAD"});
    for (const auto &event : kept)
        table.add({field(event, "name"), field(event, "at"),
            shortened(payload(event, "payload"), widest)});
    return table.isEmpty() ? std::string() : "\n" + table.text();
}

} // namespace

std::string instanceText(const json &instance)
{
    std::string text = oneLine(field(instance, "instance")) + "\n";
    text += labelled("flow", field(instance, "flow") + " " + field(instance, "version"));
    text += labelled("status", statusOf(instance));
    text += labelled("set aside", field(instance, "setAside"));
    text += labelled("stands on", field(instance, "standsOn"));
    text += labelled("created", field(instance, "createdAt"));
    text += labelled("changed", field(instance, "changedAt"));
    text += labelled("finished", field(instance, "finishedAt"));
    text += labelled("error", field(instance, "errorType"));
    text += labelled("input", payload(instance, "input"));
    if (!instance.at("customStatus").is_null())
        text += labelled("custom", payload(instance, "customStatus"));
    if (!field(instance, "finishedAt").empty())
        text += labelled("output", payload(instance, "output"));
    return text + waitsText(instance.at("waits")) + keptText(instance.at("kept"));
}

std::string instancesText(const json &page)
{
    constexpr std::size_t widest = 40;
    Table table({"INSTANCE", "FLOW", "STATUS", "STANDS ON", "CREATED", "CHANGED"});
    for (const auto &instance : page.at("instances"))
        table.add({field(instance, "instance"),
            field(instance, "flow") + " " + field(instance, "version"), statusOf(instance),
            shortened(field(instance, "standsOn"), widest), field(instance, "createdAt"),
            field(instance, "changedAt")});
    if (table.isEmpty())
        return "no instances\n";
    const bool isAll = field(page, "next").empty();
    return table.text() + (isAll ? "" : "…and older ones\n");
}

} // namespace app
