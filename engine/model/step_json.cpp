#include "engine/model/step_json.h"

#include "engine/base/overloaded.h"
#include "engine/model/approval_json.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace engine {
namespace {

OrderedJson values(const std::vector<std::pair<std::string, Template>> &values)
{
    JsonFields fields;
    for (const auto &[name, value] : values)
        fields.json(name, value.written);
    return fields.done();
}

OrderedJson stepIds(const std::vector<std::pair<std::string, StepId>> &ways)
{
    JsonFields fields;
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

OrderedJson numberJson(double number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return orderedNumber(std::string(digits.data(), end));
}

OrderedJson retryJson(const RetryPolicy &retry)
{
    JsonFields fields;
    fields.number("attempts", retry.attempts);
    fields.duration("first", retry.first);
    fields.add("growth", numberJson(retry.growth));
    fields.duration("longest", retry.longest);
    fields.duration("total", retry.total);
    if (!retry.never.empty())
        fields.add("never", texts(retry.never));
    return fields.done();
}

void add(JsonFields &fields, const ActivityStep &step)
{
    fields.text("activity", step.activity);
    if (!step.with.written.isNull())
        fields.json("with", step.with.written);
    fields.duration("timeout", step.timeout);
    if (step.retry)
        fields.add("retry", retryJson(*step.retry));
    fields.step("next", step.next);
}

void addEvents(JsonFields &fields, const WaitStep &step)
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

void add(JsonFields &fields, const WaitStep &step)
{
    addEvents(fields, step);
    fields.optional("count", step.count);
    if (step.where)
        fields.expression("where", *step.where);
    fields.value("timeout", step.timeout);
    fields.value("default", step.fallback);
    fields.text("clock", step.clock);
    fields.step("next", step.next);
    fields.step("onTimeout", step.onTimeout);
}

OrderedJson untilJson(const CollectStep &step)
{
    JsonFields until;
    until.optional("count", step.count);
    until.value("timeout", step.timeout);
    if (step.when)
        until.expression("when", *step.when);
    return until.done();
}

void add(JsonFields &fields, const CollectStep &step)
{
    fields.text("event", step.event);
    fields.object("until", untilJson(step));
    fields.text("clock", step.clock);
    fields.step("next", step.next);
}

void add(JsonFields &fields, const TimerStep &step)
{
    fields.value("after", step.after);
    fields.value("at", step.at);
    if (step.cron)
        fields.add("cron", orderedString(*step.cron));
    fields.text("zone", step.zone);
    fields.step("next", step.next);
}

void add(JsonFields &fields, const ChoiceStep &step)
{
    OrderedJson cases = orderedArray();
    for (const ChoiceCase &one : step.cases) {
        JsonFields written;
        written.text("name", one.name);
        written.expression("when", one.when);
        written.step("next", one.next);
        cases.members.emplace_back(std::string(), written.done());
    }
    fields.add("cases", std::move(cases));
    fields.step("otherwise", step.otherwise);
}

void add(JsonFields &fields, const SetStep &step)
{
    fields.object("variables", values(step.variables));
    fields.object("append", values(step.append));
    fields.value("status", step.status);
    fields.step("next", step.next);
}

void add(JsonFields &fields, const EndStep &step) { fields.value("output", step.output); }

void add(JsonFields &fields, const FailStep &step)
{
    fields.needed("type", step.type);
    fields.value("message", step.message);
    fields.value("details", step.details);
}

void add(JsonFields &fields, const ParallelStep &step)
{
    std::vector<std::string> branches;
    for (const StepId &branch : step.branches)
        branches.push_back(branch.value);
    fields.add("branches", texts(branches));
    fields.step("join", step.join);
    fields.object("interrupts", interruptsJson(step.interrupts));
}

void add(JsonFields &fields, const JoinStep &step)
{
    if (step.mode == JoinMode::Count)
        fields.number("mode", step.count);
    else
        fields.text("mode", step.mode == JoinMode::Any ? "any" : "all");
    fields.step("next", step.next);
}

void add(JsonFields &fields, const ForEachStep &step)
{
    fields.expression("items", step.items);
    fields.text("as", step.as);
    fields.step("do", step.first);
    fields.optional("atOnce", step.atOnce);
    fields.step("join", step.join);
}

void add(JsonFields &fields, const SubFlowStep &step)
{
    fields.needed("flow", step.flow);
    fields.optional("version", step.version);
    fields.value("input", step.input);
    fields.value("id", step.id);
    if (!step.wait)
        fields.flag("wait", false);
    fields.step("next", step.next);
}

void add(JsonFields &fields, const SendStep &step)
{
    fields.needed("instance", step.instance);
    fields.text("event", step.event);
    fields.value("data", step.data);
    fields.step("next", step.next);
}

void add(JsonFields &fields, const EmitStep &step)
{
    fields.needed("url", step.url);
    fields.needed("type", step.type);
    fields.value("data", step.data);
    fields.duration("timeout", step.timeout);
    if (step.retry)
        fields.add("retry", retryJson(*step.retry));
    fields.step("next", step.next);
}

void add(JsonFields &fields, const ContinueAsNewStep &step) { fields.value("input", step.input); }

void add(JsonFields &fields, const NoteStep &step) { fields.text("text", step.text); }

void add(JsonFields &, const ResumeStep &) {}

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

} // namespace

OrderedJson interruptsJson(const std::vector<Interrupt> &interrupts)
{
    JsonFields all;
    for (const Interrupt &interrupt : interrupts) {
        JsonFields fields;
        fields.step("next", interrupt.next);
        fields.text("mode", std::string(toText(interrupt.mode)));
        if (!interrupt.blocking)
            fields.flag("blocking", false);
        fields.unknown(interrupt.unknown);
        all.add(interrupt.event, fields.done());
    }
    return all.done();
}

OrderedJson stepJson(const Step &step)
{
    if (const auto *unknown = std::get_if<UnknownStep>(&step.body))
        return unknownStepJson(step, *unknown);
    JsonFields fields;
    fields.add("kind", orderedString(kindName(step.body)));
    fields.text("name", step.name);
    std::visit(Overloaded{
                   [](const UnknownStep &) {},
                   [&fields](const ApprovalStep &approval) { addApproval(fields, approval); },
                   [&fields](const auto &body) { add(fields, body); },
               },
        step.body);
    fields.object("onError", stepIds(step.onError));
    fields.unknown(step.unknown);
    return fields.done();
}

} // namespace engine
