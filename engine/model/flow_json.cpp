#include "engine/model/flow_json.h"

#include "engine/base/overloaded.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace engine {
namespace {

/// Adds members to an object; what says nothing is left out.
class Fields
{
public:
    void add(std::string_view key, OrderedJson value)
    {
        m_object.members.emplace_back(key, std::move(value));
    }
    void json(std::string_view key, const JsonText &value) { add(key, orderedJson(value.text())); }
    void text(std::string_view key, const std::string &value)
    {
        if (!value.empty())
            add(key, orderedString(value));
    }
    void step(std::string_view key, const StepId &step) { text(key, step.value); }
    void value(std::string_view key, const std::optional<Template> &value)
    {
        if (value)
            json(key, value->written);
    }
    /// A text that must be there; left out while it is empty.
    void needed(std::string_view key, const Template &value)
    {
        if (value.written.text() != R"("")")
            json(key, value.written);
    }
    void optional(std::string_view key, const std::optional<JsonText> &value)
    {
        if (value)
            json(key, *value);
    }
    void duration(std::string_view key, const std::optional<Duration> &duration)
    {
        if (duration)
            text(key, toText(*duration));
    }
    void object(std::string_view key, OrderedJson object)
    {
        if (!object.members.empty())
            add(key, std::move(object));
    }
    void unknown(const std::vector<UnknownMember> &members)
    {
        for (const UnknownMember &member : members)
            json(member.key, member.value);
    }

    OrderedJson done() { return std::move(m_object); }

private:
    OrderedJson m_object = orderedObject();
};

OrderedJson values(const std::vector<std::pair<std::string, Template>> &values)
{
    Fields fields;
    for (const auto &[name, value] : values)
        fields.json(name, value.written);
    return fields.done();
}

OrderedJson stepIds(const std::vector<std::pair<std::string, StepId>> &ways)
{
    Fields fields;
    for (const auto &[name, step] : ways)
        fields.add(name, orderedString(step.value));
    return fields.done();
}

OrderedJson texts(const std::vector<std::string> &texts)
{
    OrderedJson list = orderedArray();
    for (const std::string &text : texts)
        list.members.emplace_back(std::string(), orderedString(text));
    return list;
}

OrderedJson expressionJson(const Expression &expression)
{
    return orderedString("=" + expression.source);
}

OrderedJson numberJson(double number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return orderedNumber(std::string(digits.data(), end));
}

OrderedJson retryJson(const RetryPolicy &retry)
{
    Fields fields;
    fields.add("attempts", orderedNumber(std::to_string(retry.attempts)));
    fields.duration("first", retry.first);
    fields.add("growth", numberJson(retry.growth));
    fields.duration("longest", retry.longest);
    fields.duration("total", retry.total);
    if (!retry.never.empty())
        fields.add("never", texts(retry.never));
    return fields.done();
}

void add(Fields &fields, const ActivityStep &step)
{
    fields.text("activity", step.activity);
    if (!step.with.written.isNull())
        fields.json("with", step.with.written);
    fields.duration("timeout", step.timeout);
    if (step.retry)
        fields.add("retry", retryJson(*step.retry));
    fields.step("next", step.next);
}

void addEvents(Fields &fields, const WaitStep &step)
{
    switch (step.mode) {
    case WaitMode::One:
        if (!step.events.empty())
            fields.text("event", step.events.front().first);
        return;
    case WaitMode::Any: fields.add("anyOf", stepIds(step.events)); return;
    case WaitMode::All:
        std::vector<std::string> names;
        for (const auto &[name, next] : step.events)
            names.push_back(name);
        fields.add("allOf", texts(names));
    }
}

void add(Fields &fields, const WaitStep &step)
{
    addEvents(fields, step);
    if (step.count)
        fields.add("count", orderedNumber(std::to_string(*step.count)));
    if (step.where)
        fields.add("where", expressionJson(*step.where));
    fields.value("timeout", step.timeout);
    fields.value("default", step.fallback);
    fields.text("clock", step.clock);
    fields.step("next", step.next);
    fields.step("onTimeout", step.onTimeout);
}

OrderedJson untilJson(const CollectStep &step)
{
    Fields until;
    if (step.count)
        until.add("count", orderedNumber(std::to_string(*step.count)));
    until.value("timeout", step.timeout);
    if (step.when)
        until.add("when", expressionJson(*step.when));
    return until.done();
}

void add(Fields &fields, const CollectStep &step)
{
    fields.text("event", step.event);
    fields.object("until", untilJson(step));
    fields.text("clock", step.clock);
    fields.step("next", step.next);
}

void add(Fields &fields, const TimerStep &step)
{
    fields.value("after", step.after);
    fields.value("at", step.at);
    if (step.cron)
        fields.add("cron", orderedString(*step.cron));
    fields.text("zone", step.zone);
    fields.step("next", step.next);
}

void add(Fields &fields, const ChoiceStep &step)
{
    OrderedJson cases = orderedArray();
    for (const ChoiceCase &one : step.cases) {
        Fields written;
        written.text("name", one.name);
        written.add("when", expressionJson(one.when));
        written.step("next", one.next);
        cases.members.emplace_back(std::string(), written.done());
    }
    fields.add("cases", std::move(cases));
    fields.step("otherwise", step.otherwise);
}

void add(Fields &fields, const SetStep &step)
{
    fields.object("variables", values(step.variables));
    fields.object("append", values(step.append));
    fields.value("status", step.status);
    fields.step("next", step.next);
}

void add(Fields &fields, const EndStep &step) { fields.value("output", step.output); }

void add(Fields &fields, const FailStep &step)
{
    fields.needed("type", step.type);
    fields.value("message", step.message);
    fields.value("details", step.details);
}

OrderedJson interruptsJson(const std::vector<Interrupt> &interrupts)
{
    Fields all;
    for (const Interrupt &interrupt : interrupts) {
        Fields fields;
        fields.step("next", interrupt.next);
        fields.text("mode", std::string(toText(interrupt.mode)));
        if (!interrupt.blocking)
            fields.add("blocking", {.kind = JsonKind::Boolean, .scalar = "false"});
        fields.unknown(interrupt.unknown);
        all.add(interrupt.event, fields.done());
    }
    return all.done();
}

void add(Fields &fields, const ParallelStep &step)
{
    std::vector<std::string> branches;
    for (const StepId &branch : step.branches)
        branches.push_back(branch.value);
    fields.add("branches", texts(branches));
    fields.step("join", step.join);
    fields.object("interrupts", interruptsJson(step.interrupts));
}

void add(Fields &fields, const JoinStep &step)
{
    if (step.mode == JoinMode::Count)
        fields.add("mode", orderedNumber(std::to_string(step.count)));
    else
        fields.text("mode", step.mode == JoinMode::Any ? "any" : "all");
    fields.step("next", step.next);
}

void add(Fields &fields, const ForEachStep &step)
{
    fields.add("items", expressionJson(step.items));
    fields.text("as", step.as);
    fields.step("do", step.first);
    if (step.atOnce)
        fields.add("atOnce", orderedNumber(std::to_string(*step.atOnce)));
    fields.step("join", step.join);
}

void add(Fields &fields, const SubFlowStep &step)
{
    fields.needed("flow", step.flow);
    if (step.version)
        fields.add("version", orderedNumber(std::to_string(*step.version)));
    fields.value("input", step.input);
    fields.value("id", step.id);
    if (!step.wait)
        fields.add("wait", {.kind = JsonKind::Boolean, .scalar = "false"});
    fields.step("next", step.next);
}

void add(Fields &fields, const SendStep &step)
{
    fields.needed("instance", step.instance);
    fields.text("event", step.event);
    fields.value("data", step.data);
    fields.step("next", step.next);
}

void add(Fields &fields, const EmitStep &step)
{
    fields.needed("url", step.url);
    fields.needed("type", step.type);
    fields.value("data", step.data);
    fields.duration("timeout", step.timeout);
    if (step.retry)
        fields.add("retry", retryJson(*step.retry));
    fields.step("next", step.next);
}

OrderedJson flagJson() { return {.kind = JsonKind::Boolean, .scalar = "true"}; }

std::string_view nameOf(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Positive: return "positive";
    case OutcomeKind::Negative: return "negative";
    case OutcomeKind::Neutral: break;
    }
    return "neutral";
}

OrderedJson outcomesJson(const std::vector<ApprovalOutcome> &outcomes)
{
    Fields fields;
    for (const ApprovalOutcome &outcome : outcomes) {
        Fields one;
        one.add("kind", orderedString(nameOf(outcome.kind)));
        if (outcome.requiresComment)
            one.add("requireComment", flagJson());
        one.step("next", outcome.next);
        fields.add(outcome.name, one.done());
    }
    return fields.done();
}

void addPolicy(Fields &fields, const ApprovalStep &step)
{
    switch (step.policy) {
    case PolicyMode::First: return;
    case PolicyMode::Everyone: return fields.text("policy", "everyone");
    case PolicyMode::InTurn: return fields.text("policy", "sequence");
    case PolicyMode::Count:
        return fields.add("policy", orderedNumber(std::to_string(step.count)));
    }
}

void addReminders(Fields &fields, const Reminders &reminders)
{
    if (reminders.every && !reminders.after && !reminders.times)
        return fields.json("remind", reminders.every->written);
    Fields one;
    one.value("after", reminders.after);
    one.value("every", reminders.every);
    if (reminders.times)
        one.add("times", orderedNumber(std::to_string(*reminders.times)));
    fields.add("remind", one.done());
}

OrderedJson escalationJson(const Escalation &level)
{
    Fields fields;
    fields.needed("after", level.after);
    if (!level.to.written.isNull())
        fields.json("to", level.to.written);
    if (level.replaces)
        fields.add("replace", flagJson());
    return fields.done();
}

void addEscalations(Fields &fields, const std::vector<Escalation> &levels)
{
    if (levels.size() == 1)
        return fields.add("escalate", escalationJson(levels.front()));
    OrderedJson list = orderedArray();
    for (const Escalation &level : levels)
        list.members.emplace_back(std::string(), escalationJson(level));
    if (!levels.empty())
        fields.add("escalate", std::move(list));
}

void add(Fields &fields, const ApprovalStep &step)
{
    fields.value("title", step.title);
    fields.value("text", step.text);
    fields.value("assignees", step.assignees);
    addPolicy(fields, step);
    fields.object("outcomes", outcomesJson(step.outcomes));
    fields.optional("form", step.form);
    if (step.requiresComment)
        fields.add("requireComment", flagJson());
    fields.value("due", step.due);
    if (step.remind)
        addReminders(fields, *step.remind);
    addEscalations(fields, step.escalate);
    fields.text("default", step.fallback);
    fields.text("event", step.event);
    fields.text("clock", step.clock);
    fields.step("onTimeout", step.onTimeout);
}

void add(Fields &fields, const ContinueAsNewStep &step) { fields.value("input", step.input); }

void add(Fields &fields, const NoteStep &step) { fields.text("text", step.text); }

void add(Fields &, const ResumeStep &) {}

/// As written, but for the name, which can be edited on every step.
OrderedJson unknownStepJson(const Step &step, const UnknownStep &unknown)
{
    OrderedJson written = orderedJson(unknown.written.text());
    if (written.kind != JsonKind::Object)
        return written;
    const auto name = std::ranges::find(written.members, "name", &OrderedJson::Member::first);
    if (name != written.members.end() && step.name.empty()) {
        if (name->second.kind == JsonKind::String)
            written.members.erase(name);
    } else if (name != written.members.end()) {
        name->second = orderedString(step.name);
    } else if (!step.name.empty()) {
        written.members.emplace_back("name", orderedString(step.name));
    }
    return written;
}

OrderedJson stepJson(const Step &step)
{
    if (const auto *unknown = std::get_if<UnknownStep>(&step.body))
        return unknownStepJson(step, *unknown);
    Fields fields;
    fields.add("kind", orderedString(kindName(step.body)));
    fields.text("name", step.name);
    std::visit(Overloaded{
                   [](const UnknownStep &) {},
                   [&fields](const auto &body) { add(fields, body); },
               },
        step.body);
    fields.object("onError", stepIds(step.onError));
    fields.unknown(step.unknown);
    return fields.done();
}

OrderedJson eventJson(const EventDeclaration &event)
{
    Fields fields;
    fields.optional("schema", event.schema);
    fields.text("description", event.description);
    fields.optional("example", event.example);
    fields.text("onInvalid", event.onInvalid);
    if (!event.convert)
        fields.add("convert", {.kind = JsonKind::Boolean, .scalar = "false"});
    fields.unknown(event.unknown);
    return fields.done();
}

OrderedJson layoutJson(const Layout &layout)
{
    Fields steps;
    for (const auto &[step, position] : layout.steps) {
        OrderedJson place = orderedArray();
        for (const int number : {position.x, position.y})
            place.members.emplace_back(std::string(), orderedNumber(std::to_string(number)));
        steps.add(step.value, std::move(place));
    }
    OrderedJson places = steps.done();
    places.block = true; // a moved step is one line of a diff
    Fields fields;
    fields.text("direction", layout.direction);
    fields.object("steps", std::move(places));
    if (!layout.notes.isNull())
        fields.json("notes", layout.notes);
    fields.unknown(layout.unknown);
    return fields.done();
}

} // namespace

OrderedJson flowJson(const Flow &flow)
{
    Fields events;
    for (const EventDeclaration &event : flow.events)
        events.add(event.name, eventJson(event));
    Fields variables;
    for (const auto &[name, value] : flow.variables)
        variables.json(name, value);
    Fields steps;
    for (const Step &step : flow.steps)
        steps.add(step.id.value, stepJson(step));
    OrderedJson stepsJson = steps.done();
    stepsJson.block = true;

    Fields fields;
    fields.add("signalbox", orderedNumber("1"));
    fields.text("name", flow.name.value);
    fields.text("description", flow.description);
    fields.optional("input", flow.input);
    fields.object("events", events.done());
    fields.object("variables", variables.done());
    fields.step("start", flow.start);
    fields.add("steps", std::move(stepsJson));
    fields.object("interrupts", interruptsJson(flow.interrupts));
    fields.text("retention", flow.retention);
    fields.unknown(flow.unknown);
    fields.object("layout", layoutJson(flow.layout));
    return fields.done();
}

} // namespace engine
