#include "app/command_line/task_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"

namespace app {

using nlohmann::json;

std::string tasksText(const json &page)
{
    constexpr std::size_t widest = 40;
    Table table({"TASK", "TITLE", "ASKED", "DUE", "CLAIMED BY", "INSTANCE", "FLOW"});
    for (const json &task : page.at("tasks"))
        table.add({field(task, "id"), shortened(field(task, "title"), widest),
            shortened(joinedField(task, "assignees"), widest), field(task, "dueAt"),
            field(task, "claimedBy"), field(task, "instance"),
            field(task, "flow") + " " + field(task, "version")});
    if (table.isEmpty())
        return "no open tasks\n";
    return table.text() + (field(page, "next").empty() ? "" : "…and others that are due later\n");
}

std::string taskText(const json &task)
{
    std::string text = field(task, "id") + "\n";
    text += labelled("title", field(task, "title"));
    text += labelled("text", field(task, "text"));
    text += labelled("instance", field(task, "instance"));
    text += labelled("flow", field(task, "flow") + " " + field(task, "version"));
    text += labelled("step", field(task, "step"));
    text += labelled("asked", joinedField(task, "assignees"));
    text += labelled("claimed by", field(task, "claimedBy"));
    text += labelled("opened", field(task, "openedAt"));
    text += labelled("due", field(task, "dueAt"));
    text += labelled("end", field(task, "end"));
    text += labelled("reason", field(task, "reason"));
    text += labelled("form", field(task, "form"));
    Table table({"OUTCOME", "KIND", "COMMENT"});
    for (const json &outcome : task.at("outcomes"))
        table.add({field(outcome, "name"), field(outcome, "kind"),
            outcome.at("requireComment").get<bool>() ? "required" : ""});
    return text + (table.isEmpty() ? std::string() : "\n" + table.text());
}

std::string otherOutcomesText(const json &task, const std::string &kind)
{
    std::vector<std::string> names;
    for (const json &outcome : task.at("outcomes"))
        names.push_back(field(outcome, "name"));
    return "task " + field(task, "id") + " has no " + kind + " outcome; write: signalbox answer " +
           field(task, "id") + " OUTCOME, with one of " + engine::joined(names);
}

} // namespace app
