#include "engine/model/step_reader.h"

#include "engine/base/json_pointer.h"
#include "engine/model/approval_reader.h"

namespace engine {
namespace {

std::optional<RetryPolicy> readRetry(Reading &reading, FieldReader &fields, const StepId &step)
{
    const WrittenValue *written = fields.find("retry");
    if (!written)
        return {};
    if (written->kind != JsonKind::Object) {
        fields.wrongType("retry", "an object");
        return {};
    }
    FieldReader retry(reading, *written, fields.pointerTo("retry"), step);
    RetryPolicy policy;
    policy.attempts = retry.count("attempts").value_or(policy.attempts);
    policy.first = retry.duration("first").value_or(policy.first);
    policy.growth = retry.number("growth").value_or(policy.growth);
    policy.longest = retry.duration("longest");
    policy.total = retry.duration("total");
    policy.never = retry.texts("never");
    if (policy.growth < 1) {
        retry.wrongType("growth", "a number of at least 1");
        policy.growth = RetryPolicy().growth;
    }
    retry.refuseRest();
    return policy;
}

ActivityStep readActivity(Reading &reading, FieldReader &fields, const StepId &step)
{
    ActivityStep activity;
    activity.activity = fields.text("activity");
    activity.with = templateFrom(fields.json("with").value_or(JsonText()),
        activity.activity == "script" ? "code" : std::string_view());
    activity.timeout = fields.duration("timeout");
    activity.retry = readRetry(reading, fields, step);
    activity.next = fields.stepId("next");
    return activity;
}

void readEvents(FieldReader &fields, WaitStep &wait)
{
    const bool one = fields.find("event") != nullptr;
    const bool any = fields.find("anyOf") != nullptr;
    const bool all = fields.find("allOf") != nullptr;
    if (int{one} + int{any} + int{all} > 1)
        fields.problem("ambiguous-wait", {}, "Write one of 'event', 'anyOf' and 'allOf'.");
    if (one) {
        if (std::string name = fields.text("event"); !name.empty())
            wait.events.emplace_back(std::move(name), StepId());
    } else if (any) {
        wait.mode = WaitMode::Any;
        wait.events = fields.stepIds("anyOf");
    } else if (all) {
        wait.mode = WaitMode::All;
        for (std::string &name : fields.texts("allOf"))
            wait.events.emplace_back(std::move(name), StepId());
    }
}

WaitStep readWait(FieldReader &fields)
{
    WaitStep wait;
    readEvents(fields, wait);
    wait.count = fields.count("count");
    wait.where = fields.expression("where");
    wait.timeout = fields.textValue("timeout");
    wait.fallback = fields.value("default");
    wait.clock = fields.text("clock");
    wait.onTimeout = fields.stepId("onTimeout");
    wait.next = fields.stepId("next");
    return wait;
}

TimerStep readTimer(FieldReader &fields)
{
    TimerStep timer;
    timer.after = fields.textValue("after");
    timer.at = fields.textValue("at");
    if (fields.has("cron"))
        timer.cron = fields.text("cron");
    timer.zone = fields.text("zone");
    timer.next = fields.stepId("next");
    return timer;
}

ChoiceStep readChoice(Reading &reading, FieldReader &fields, const StepId &step)
{
    ChoiceStep choice;
    if (const WrittenValue *cases = fields.find("cases")) {
        if (cases->kind != JsonKind::Array)
            fields.wrongType("cases", "a list of cases");
        for (std::size_t i = 0; cases->kind == JsonKind::Array && i < cases->members.size(); ++i) {
            const WrittenValue &written = cases->members[i].value;
            FieldReader one(reading, written, childPointer(fields.pointerTo("cases"), i), step);
            if (written.kind != JsonKind::Object) {
                one.problem("wrong-type", {}, "A case must be an object with 'when' and 'next'.");
                continue;
            }
            choice.cases.push_back({one.text("name"), one.expression("when").value_or(Expression{}),
                one.stepId("next")});
            one.refuseRest();
        }
    }
    choice.otherwise = fields.stepId("otherwise");
    return choice;
}

SetStep readSet(FieldReader &fields)
{
    SetStep set;
    set.variables = fields.values("variables");
    set.append = fields.values("append");
    set.status = fields.value("status");
    set.next = fields.stepId("next");
    return set;
}

/// A string that must be there; empty if it is not, which the check of the flow says.
Template neededText(FieldReader &fields, std::string_view key)
{
    return fields.textValue(key).value_or(templateFrom(JsonText::ofString("")));
}

FailStep readFail(FieldReader &fields)
{
    FailStep fail;
    fail.type = neededText(fields, "type");
    fail.message = fields.textValue("message");
    fail.details = fields.value("details");
    return fail;
}

CollectStep readCollect(Reading &reading, FieldReader &fields, const StepId &step)
{
    CollectStep collect;
    collect.event = fields.text("event");
    if (const WrittenValue *until = fields.find("until")) {
        if (until->kind != JsonKind::Object) {
            fields.wrongType("until", "an object");
        } else {
            FieldReader limits(reading, *until, fields.pointerTo("until"), step);
            collect.count = limits.count("count");
            collect.timeout = limits.textValue("timeout");
            collect.when = limits.expression("when");
            limits.refuseRest();
        }
    }
    collect.clock = fields.text("clock");
    collect.next = fields.stepId("next");
    return collect;
}

ParallelStep readParallel(Reading &reading, FieldReader &fields, const StepId &step)
{
    ParallelStep parallel;
    for (std::string &branch : fields.texts("branches"))
        parallel.branches.push_back({std::move(branch)});
    parallel.join = fields.stepId("join");
    parallel.interrupts = readInterrupts(reading, fields, step);
    return parallel;
}

JoinStep readJoin(FieldReader &fields)
{
    JoinStep join;
    if (const WrittenValue *mode = fields.find("mode"); mode && mode->kind == JsonKind::Number) {
        join.mode = JoinMode::Count;
        join.count = fields.count("mode").value_or(1);
    } else if (mode) {
        const std::string name = mode->kind == JsonKind::String ? fields.textOf(*mode) : "";
        if (name == "any")
            join.mode = JoinMode::Any;
        else if (name != "all")
            fields.wrongType("mode", "'all', 'any' or the number of branches that are enough");
    }
    join.next = fields.stepId("next");
    return join;
}

ForEachStep readForEach(FieldReader &fields)
{
    ForEachStep each;
    each.items = fields.expression("items").value_or(Expression{});
    each.as = fields.text("as");
    each.first = fields.stepId("do");
    each.atOnce = fields.count("atOnce");
    each.join = fields.stepId("join");
    return each;
}

SubFlowStep readSubFlow(FieldReader &fields)
{
    SubFlowStep sub;
    sub.flow = neededText(fields, "flow");
    sub.version = fields.count("version");
    sub.input = fields.value("input");
    sub.id = fields.textValue("id");
    sub.wait = fields.flag("wait").value_or(true);
    sub.next = fields.stepId("next");
    return sub;
}

SendStep readSend(FieldReader &fields)
{
    SendStep send;
    send.instance = neededText(fields, "instance");
    send.event = fields.text("event");
    send.data = fields.value("data");
    send.next = fields.stepId("next");
    return send;
}

EmitStep readEmit(Reading &reading, FieldReader &fields, const StepId &step)
{
    EmitStep emit;
    emit.url = neededText(fields, "url");
    emit.type = neededText(fields, "type");
    emit.data = fields.value("data");
    emit.timeout = fields.duration("timeout");
    emit.retry = readRetry(reading, fields, step);
    emit.next = fields.stepId("next");
    return emit;
}

StepBody readBody(
    Reading &reading, FieldReader &fields, const StepId &step, const WrittenValue &written)
{
    const std::string kind = fields.text("kind");
    if (kind == ActivityStep::kind)
        return readActivity(reading, fields, step);
    if (kind == WaitStep::kind)
        return readWait(fields);
    if (kind == CollectStep::kind)
        return readCollect(reading, fields, step);
    if (kind == TimerStep::kind)
        return readTimer(fields);
    if (kind == ChoiceStep::kind)
        return readChoice(reading, fields, step);
    if (kind == SetStep::kind)
        return readSet(fields);
    if (kind == EndStep::kind)
        return EndStep{fields.value("output")};
    if (kind == FailStep::kind)
        return readFail(fields);
    if (kind == ParallelStep::kind)
        return readParallel(reading, fields, step);
    if (kind == JoinStep::kind)
        return readJoin(fields);
    if (kind == ForEachStep::kind)
        return readForEach(fields);
    if (kind == SubFlowStep::kind)
        return readSubFlow(fields);
    if (kind == SendStep::kind)
        return readSend(fields);
    if (kind == EmitStep::kind)
        return readEmit(reading, fields, step);
    if (kind == ContinueAsNewStep::kind)
        return ContinueAsNewStep{fields.value("input")};
    if (kind == ApprovalStep::kind)
        return readApproval(reading, fields, step);
    if (kind == NoteStep::kind)
        return NoteStep{fields.text("text")};
    if (kind == ResumeStep::kind)
        return ResumeStep{};
    return UnknownStep{kind, fields.jsonOf(written)};
}

} // namespace

std::vector<Interrupt> readInterrupts(
    Reading &reading, FieldReader &fields, const StepId &step)
{
    std::vector<Interrupt> interrupts;
    for (const auto &[event, written] : fields.members("interrupts")) {
        FieldReader one(
            reading, *written, childPointer(fields.pointerTo("interrupts"), event), step);
        if (written->kind != JsonKind::Object) {
            one.problem("wrong-type", {}, "The interrupt '%1' must be an object.", {event});
            continue;
        }
        Interrupt interrupt{.event = event, .next = one.stepId("next")};
        if (const WrittenValue *mode = one.find("mode")) {
            const auto known = mode->kind == JsonKind::String
                                   ? interruptModeFromText(one.textOf(*mode))
                                   : std::nullopt;
            if (!known)
                one.wrongType("mode", "'queue', 'drop' or 'latest'");
            interrupt.mode = known.value_or(InterruptMode::Queue);
        }
        interrupt.blocking = one.flag("blocking").value_or(true);
        interrupt.unknown = one.rest();
        interrupts.push_back(std::move(interrupt));
    }
    return interrupts;
}

Step readStep(Reading &reading, const WrittenValue &written, const StepId &id)
{
    FieldReader fields(reading, written, childPointer("/steps", id.value), id);
    Step step{.id = id};
    if (written.kind != JsonKind::Object) {
        fields.problem("wrong-type", {}, "A step must be an object.");
        step.body = UnknownStep{{}, fields.jsonOf(written)};
        return step;
    }
    step.name = fields.text("name");
    step.body = readBody(reading, fields, id, written);
    if (!std::holds_alternative<UnknownStep>(step.body)) {
        step.onError = fields.stepIds("onError");
        step.unknown = fields.rest();
    }
    return step;
}

} // namespace engine
