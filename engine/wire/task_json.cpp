#include "engine/wire/task_json.h"

#include "engine/history/history_json.h"
#include "engine/history/record_text.h"
#include "engine/model/approval_words.h"
#include "engine/wire/json_writer.h"

namespace engine {
namespace {

void addSummary(JsonObjectWriter &object, const TaskSummary &task)
{
    object.text("id", toText(task.id))
        .text("instance", task.instance.value)
        .text("flow", task.flow.value)
        .number("version", task.version)
        .text("branch", task.branch.value)
        .text("step", task.step.value)
        .text("title", task.title)
        .raw("assignees", JsonText::ofStrings(task.assignees).text())
        .time("openedAt", task.openedAt)
        .time("dueAt", task.dueAt)
        .textOrNull("claimedBy", task.claimedBy)
        .textOrNull("askedBy", task.askedBy)
        .number("answers", task.answers);
}

std::string outcomesText(const ApprovalStep &approval)
{
    JsonArrayWriter list;
    for (const ApprovalOutcome &outcome : approval.outcomes) {
        JsonObjectWriter one;
        one.text("name", outcome.name)
            .text("kind", toText(outcome.kind))
            .boolean("requireComment", outcome.requiresComment || approval.requiresComment)
            .text("next", outcome.next.value);
        list.add(std::move(one).finish());
    }
    return std::move(list).finish();
}

} // namespace

std::string toJsonText(const TaskSummary &task)
{
    JsonObjectWriter object;
    addSummary(object, task);
    return std::move(object).finish();
}

std::string toJsonText(const TaskDetail &task)
{
    JsonArrayWriter events;
    for (const HistoryEvent &event : task.events)
        events.add(toJsonText(event));
    JsonObjectWriter object;
    addSummary(object, task.summary);
    object.text("text", task.text)
        .raw("outcomes", outcomesText(task.approval))
        .raw("policy", policyJson(task.approval).text())
        .value("form", task.approval.form.value_or(JsonText()))
        .boolean("open", !task.closed);
    if (task.closed)
        object.text("end", toText(task.closed->end)).textOrNull("reason", task.closed->reason);
    else
        object.null("end").null("reason");
    object.raw("history", std::move(events).finish());
    return std::move(object).finish();
}

std::string toJsonText(const TaskPage &page)
{
    JsonArrayWriter tasks;
    for (const TaskSummary &task : page.tasks)
        tasks.add(toJsonText(task));
    JsonObjectWriter object;
    object.raw("tasks", std::move(tasks).finish())
        .textOrNull("next", page.next)
        .number("open", page.open);
    return std::move(object).finish();
}

} // namespace engine
