#include "app/command_line/event_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"

namespace app {
namespace {

using nlohmann::json;

constexpr std::size_t widest = 60;

std::string payloadOf(const json &event) { return shortened(event.at("payload").dump(), widest); }

std::string keysOf(const json &event)
{
    std::vector<std::string> keys;
    for (const json &key : event.at("keys"))
        keys.push_back(field(key, "key"));
    return shortened(engine::joined(keys), widest);
}

std::string list(const std::string &before, const json &names)
{
    return names.empty() ? std::string()
                         : before + engine::joined(names.get<std::vector<std::string>>());
}

} // namespace

std::string correlatedText(const json &body)
{
    Table table({"NUMBER", "EVENT", "KEY", "RAISED", "UNTIL", "PAYLOAD"});
    for (const json &event : body.at("events"))
        table.add({field(event, "id"), field(event, "name"), keysOf(event),
            field(event, "raisedAt"), field(event, "until"), payloadOf(event)});
    return table.isEmpty() ? "no events are kept under keys\n" : table.text();
}

std::string undeliveredText(const json &body)
{
    Table table({"NUMBER", "EVENT", "FOR", "CAME", "WHY", "PAYLOAD"});
    for (const json &event : body.at("undelivered"))
        table.add({field(event, "id"), field(event, "name"), field(event, "instance"),
            field(event, "at"), shortened(field(event, "reason"), widest), payloadOf(event)});
    return table.isEmpty() ? "no undelivered events\n" : table.text();
}

std::string keptOfInstanceText(const json &instance)
{
    Table table({"NUMBER", "EVENT", "EVENT ID", "CAME", "PAYLOAD"});
    for (const json &event : instance.at("kept"))
        table.add({field(event, "sequence"), field(event, "name"), field(event, "eventId"),
            field(event, "at"), payloadOf(event)});
    return table.isEmpty() ? "no kept events\n" : table.text();
}

std::string verdictsText(const json &body)
{
    std::string text;
    for (const json &verdict : body.at("events")) {
        const std::string number = field(verdict, "event");
        text +=
            (text.empty() ? "" : "\n") + oneLine(field(verdict, "name")) +
            (number.empty() ? " if it came now" : " " + number + ", came " + field(verdict, "at")) +
            (verdict.at("kept").get<bool>() ? ", is kept: " : ": ") +
            oneLine(field(verdict, "why")) + "\n";
        Table table({"WAIT AT", "FOR", "MATCHES", "WHY"});
        for (const json &wait : verdict.at("waits"))
            table.add({field(wait, "step"), joinedField(wait, "events"),
                wait.at("matches").get<bool>() ? "yes" : "no", field(wait, "why")});
        if (!table.isEmpty())
            text += table.text("  ");
    }
    return text.empty() ? "no kept events; name an event to see what would become of it\n" : text;
}

std::string reachedText(const std::string &event, const json &answer)
{
    if (answer.at("duplicate").get<bool>())
        return "raised " + event + " (it was raised before)\n";
    std::string text =
        list(" for ", answer.at("reached")) + list(", started ", answer.at("started"));
    if (const std::string until = field(answer, "keptUntil"); !until.empty())
        text += (text.empty() ? ", kept until " : ", also kept until ") + until;
    if (answer.at("undelivered").get<bool>())
        text += ", reached nobody: 'signalbox events undelivered' shows it";
    return "raised " + event + text + "\n";
}

} // namespace app
