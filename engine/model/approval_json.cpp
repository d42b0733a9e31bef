#include "engine/model/approval_json.h"

#include "engine/model/approval_words.h"

namespace engine {
namespace {

OrderedJson outcomesJson(const std::vector<ApprovalOutcome> &outcomes)
{
    JsonFields fields;
    for (const ApprovalOutcome &outcome : outcomes) {
        JsonFields one;
        one.add("kind", orderedString(toText(outcome.kind)));
        if (outcome.requiresComment)
            one.flag("requireComment", true);
        one.step("next", outcome.next);
        fields.add(outcome.name, one.done());
    }
    return fields.done();
}

void addReminders(JsonFields &fields, const Reminders &reminders)
{
    if (reminders.every && !reminders.after && !reminders.times)
        return fields.json("remind", reminders.every->written);
    JsonFields one;
    one.value("after", reminders.after);
    one.value("every", reminders.every);
    one.optional("times", reminders.times);
    fields.add("remind", one.done());
}

OrderedJson escalationJson(const Escalation &level)
{
    JsonFields fields;
    fields.needed("after", level.after);
    fields.needed("to", level.to);
    if (level.replaces)
        fields.flag("replace", true);
    return fields.done();
}

void addEscalations(JsonFields &fields, const std::vector<Escalation> &levels)
{
    if (levels.size() == 1)
        return fields.add("escalate", escalationJson(levels.front()));
    OrderedJson list = orderedArray();
    for (const Escalation &level : levels)
        list.members.emplace_back(std::string(), escalationJson(level));
    if (!levels.empty())
        fields.add("escalate", std::move(list));
}

} // namespace

void addApproval(JsonFields &fields, const ApprovalStep &step)
{
    fields.value("title", step.title);
    fields.value("text", step.text);
    fields.value("assignees", step.assignees);
    if (step.policy != PolicyMode::First)
        fields.json("policy", policyJson(step));
    fields.object("outcomes", outcomesJson(step.outcomes));
    fields.optional("form", step.form);
    if (step.requiresComment)
        fields.flag("requireComment", true);
    fields.value("due", step.due);
    if (step.remind)
        addReminders(fields, *step.remind);
    addEscalations(fields, step.escalate);
    fields.text("default", step.fallback);
    fields.text("event", step.event);
    fields.text("clock", step.clock);
    fields.step("onTimeout", step.onTimeout);
}

} // namespace engine
