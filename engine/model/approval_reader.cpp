#include "engine/model/approval_reader.h"

#include "engine/base/json_pointer.h"
#include "engine/model/approval_words.h"

#include <optional>
#include <string>
#include <vector>

namespace engine {
namespace {

OutcomeKind readOutcomeKind(FieldReader &fields)
{
    const std::string text = fields.text("kind");
    const auto kind = outcomeKindFromText(text);
    if (!kind && !text.empty())
        fields.wrongType("kind", "'positive', 'negative' or 'neutral'");
    return kind.value_or(OutcomeKind::Neutral);
}

std::vector<ApprovalOutcome> readOutcomes(Reading &reading, FieldReader &fields, const StepId &step)
{
    std::vector<ApprovalOutcome> outcomes;
    for (const auto &[name, written] : fields.members("outcomes")) {
        FieldReader one(reading, *written, childPointer(fields.pointerTo("outcomes"), name), step);
        if (written->kind != JsonKind::Object) {
            one.problem("wrong-type", {}, "An outcome must be an object with 'kind' and 'next'.");
            continue;
        }
        outcomes.push_back({name, readOutcomeKind(one), one.flag("requireComment").value_or(false),
            one.stepId("next")});
        one.refuseRest();
    }
    return outcomes;
}

void readPolicy(FieldReader &fields, ApprovalStep &approval)
{
    const WrittenValue *policy = fields.find("policy");
    if (policy && policy->kind == JsonKind::Number) {
        approval.policy = PolicyMode::Count;
        approval.count = fields.count("policy").value_or(1);
        return;
    }
    const std::string name = policy && policy->kind == JsonKind::String ? fields.textOf(*policy) : "";
    const auto mode = policyFromText(name);
    if (policy && !mode)
        fields.wrongType(
            "policy", "'first', 'everyone', 'sequence' or the number of people who must agree");
    approval.policy = mode.value_or(PolicyMode::First);
}

std::optional<Reminders> readReminders(Reading &reading, FieldReader &fields, const StepId &step)
{
    const WrittenValue *written = fields.find("remind");
    if (!written)
        return {};
    if (written->kind == JsonKind::String)
        return Reminders{.every = fields.textValue("remind")};
    if (written->kind != JsonKind::Object) {
        fields.wrongType("remind", "a duration, or an object with 'after', 'every' and 'times'");
        return {};
    }
    FieldReader one(reading, *written, fields.pointerTo("remind"), step);
    Reminders reminders{one.textValue("after"), one.textValue("every"), one.count("times")};
    one.refuseRest();
    return reminders;
}

void readEscalation(Reading &reading, const WrittenValue &written, const std::string &pointer,
    const StepId &step, std::vector<Escalation> &levels)
{
    FieldReader one(reading, written, pointer, step);
    if (written.kind != JsonKind::Object) {
        one.problem("wrong-type", {}, "An escalation must be an object with 'after' and 'to'.");
        return;
    }
    // What is missing is empty, which the check of the flow says.
    levels.push_back({one.textValue("after").value_or(templateFrom(JsonText::ofString(""))),
        one.value("to").value_or(templateFrom(JsonText::ofString(""))), one.flag("replace").value_or(false)});
    one.refuseRest();
}

std::vector<Escalation> readEscalations(Reading &reading, FieldReader &fields, const StepId &step)
{
    std::vector<Escalation> levels;
    const WrittenValue *written = fields.find("escalate");
    if (!written)
        return levels;
    const std::string pointer = fields.pointerTo("escalate");
    if (written->kind != JsonKind::Array) {
        readEscalation(reading, *written, pointer, step, levels);
        return levels;
    }
    for (std::size_t i = 0; i < written->members.size(); ++i)
        readEscalation(
            reading, written->members[i].value, childPointer(pointer, i), step, levels);
    return levels;
}

} // namespace

ApprovalStep readApproval(Reading &reading, FieldReader &fields, const StepId &step)
{
    ApprovalStep approval;
    approval.title = fields.textValue("title");
    approval.text = fields.textValue("text");
    approval.assignees = fields.value("assignees");
    readPolicy(fields, approval);
    approval.outcomes = readOutcomes(reading, fields, step);
    approval.form = fields.json("form");
    approval.requiresComment = fields.flag("requireComment").value_or(false);
    approval.due = fields.textValue("due");
    approval.remind = readReminders(reading, fields, step);
    approval.escalate = readEscalations(reading, fields, step);
    approval.fallback = fields.text("default");
    approval.event = fields.text("event");
    approval.clock = fields.text("clock");
    approval.onTimeout = fields.stepId("onTimeout");
    return approval;
}

} // namespace engine
