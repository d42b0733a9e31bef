#include "engine/base/joined.h"
#include "engine/runtime/due_time.h"
#include "engine/runtime/event_payload.h"
#include "engine/runtime/interrupts.h"
#include "engine/runtime/steps/open_waits.h"
#include "engine/runtime/tasks/open_task.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// An open wait with the step that it stands for.
struct Standing {
    Sequence wait = 0;
    OpenWait open;
    const Step &step;
    const WaitStep &body;
};

bool pauses(const Step &step)
{
    if (const auto *collect = std::get_if<CollectStep>(&step.body))
        return collect->clock == "pause";
    if (const auto *approval = std::get_if<ApprovalStep>(&step.body))
        return approval->clock == "pause";
    return std::get<WaitStep>(step.body).clock == "pause";
}

Standing standing(const Deciding &deciding, Sequence wait)
{
    const OpenWait &open = deciding.state().waits.at(wait);
    const Step &step = stepOf(deciding, open);
    return {wait, open, step, std::get<WaitStep>(step.body)};
}

/// For explain (semantics 2.9). A step that waits again and again says it once.
void noteFailure(Deciding &deciding, Sequence wait, Sequence event, const Failure &failure)
{
    const StepId &step = deciding.state().waits.at(wait).step;
    if (!deciding.state().kept.at(event).whereFailures.contains(step))
        deciding.add(WhereFailed{wait, event, failure.message});
}

/// Everything that the wait wanted is here, `last` at last.
void goOn(Deciding &deciding, const Standing &one, Sequence last, const std::string &lastName)
{
    StepLeft left{
        .branch = one.open.branch, .step = one.open.step, .way = "next", .to = one.body.next};
    left.resultOf = one.body.mode == WaitMode::All ? one.wait : last;
    if (one.body.mode == WaitMode::Any) {
        const auto way = std::ranges::find_if(one.body.events,
            [&](const auto &event) { return sameEventName(event.first, lastName); });
        invariant(way != one.body.events.end(), "wait: took an event that its step does not name");
        left.way = "event:" + way->first;
        left.to = way->second;
    }
    deciding.leave(std::move(left));
}

/// The wait takes the event, and goes on if it was the last one needed. False: it goes on waiting.
bool take(Deciding &deciding, Sequence wait, Sequence event)
{
    const Standing one = standing(deciding, wait);
    const std::string name = deciding.state().kept.at(event).name;
    auto failure = badPayload(deciding, deciding.state().kept.at(event));
    deciding.add(EventTaken{event, wait, one.open.keys.contains(name) ? name : std::string()});
    if (!failure && deciding.state().waits.at(wait).needed > 0)
        return false;
    closeWait(deciding, wait);
    if (failure)
        deciding.failStep(one.open.branch, one.step, *std::move(failure));
    else
        goOn(deciding, one, event, name);
    return true;
}

/// Takes from the kept events, oldest first. Whether the wait is over.
bool takeKept(Deciding &deciding, Sequence wait)
{
    const Passes passes = passesWhere(deciding);
    Sequence after = 0;
    while (const auto event = keptFor(deciding.state(), wait, after, passes)) {
        after = *event;
        if (take(deciding, wait, *event))
            return true;
    }
    return false;
}

int neededBy(const WaitStep &body)
{
    const int all = int(body.events.size());
    return body.mode == WaitMode::All ? std::clamp(body.count.value_or(all), 1, all) : 1;
}

void leaveByDefault(Deciding &deciding, const Standing &one)
{
    auto value = deciding.fill(*one.body.fallback, {one.open.branch, one.open.step, "default"});
    if (auto *failure = std::get_if<Failure>(&value))
        return deciding.failStep(one.open.branch, one.step, std::move(*failure));
    deciding.leave({.branch = one.open.branch,
        .step = one.open.step,
        .way = "next",
        .to = one.body.next,
        .result = std::get<JsonText>(std::move(value))});
}

} // namespace

const Step &stepOf(const Deciding &deciding, const OpenWait &open)
{
    const Step *step = deciding.flow().step(open.step);
    const bool fits =
        step && (open.collects ? std::holds_alternative<CollectStep>(step->body)
                               : std::holds_alternative<WaitStep>(step->body) ||
                                     std::holds_alternative<ApprovalStep>(step->body));
    invariant(fits, "flow: step '" + open.step.value + "' waits and is no such step");
    return *step;
}

Passes passesWhere(Deciding &deciding)
{
    return [&deciding](Sequence wait, Sequence event) {
        if (deciding.state().approvals.contains(wait))
            return takesAnswer(deciding, wait, deciding.state().kept.at(event));
        const OpenWait &open = deciding.state().waits.at(wait);
        const auto *body = std::get_if<WaitStep>(&stepOf(deciding, open).body);
        if (!body || !body->where)
            return true;
        const JsonText &payload = deciding.state().kept.at(event).payload;
        const auto value = deciding.evaluate(*body->where, {open.branch, open.step, "where", &payload});
        if (const auto *answer = std::get_if<JsonText>(&value))
            return answer->text() == "true";
        // One that throws does not match: another event may be what it was written for.
        noteFailure(deciding, wait, event, std::get<Failure>(value));
        return false;
    };
}

void closeWait(Deciding &deciding, Sequence wait)
{
    if (const Sequence timer = deciding.state().waits.at(wait).timer)
        deciding.cancelTimer(timer);
    deciding.add(WaitClosed{wait});
}

std::optional<Failure> badPayload(const Deciding &deciding, const UntakenEvent &event)
{
    const EventDeclaration *declaration = findEvent(deciding.flow().flow(), event.name);
    if (!declaration || declaration->onInvalid != "fail")
        return {};
    const auto faults = checkPayload(declaration, event.payload).faults;
    if (faults.empty())
        return {};
    return Failure{.type = "ValidationError",
        .message =
            "event '" + declaration->name + "' does not match its schema: " + sentence(faults),
        .details = event.payload,
        .retriable = false};
}

void startTimeout(Deciding &deciding, Sequence wait, const Template &timeout)
{
    const OpenWait open = deciding.state().waits.at(wait);
    auto written = deciding.fill(timeout, {open.branch, open.step, "timeout"});
    if (const auto *value = std::get_if<JsonText>(&written)) {
        auto due = dueTime(*value, deciding.now(), "timeout");
        if (const auto *fireAt = std::get_if<Instant>(&due)) {
            deciding.createTimer({open.branch, open.step, TimerPurpose::Timeout, *fireAt, wait});
            return;
        }
        written = std::get<Failure>(std::move(due));
    }
    closeWait(deciding, wait);
    deciding.failStep(
        open.branch, stepOf(deciding, open), std::get<Failure>(std::move(written)));
}

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const WaitStep &body)
{
    WaitOpened opened{branch, step.id, {}, neededBy(body)};
    for (const auto &[name, next] : body.events)
        opened.names.push_back(name);
    auto keys = deciding.keysOf(opened.names, branch, step.id);
    if (auto *failure = std::get_if<Failure>(&keys))
        return deciding.failStep(branch, step, std::move(*failure));
    opened.keys = std::get<std::vector<std::string>>(std::move(keys));
    const Sequence wait = deciding.add(std::move(opened));
    if (!takeKept(deciding, wait) && body.timeout)
        startTimeout(deciding, wait, *body.timeout);
}

namespace {

/// The first wait that wants it and that `passes` lets have it takes it.
void offerTo(Deciding &deciding, Sequence event, const Passes &passes)
{
    const auto wait = waitFor(deciding.state(), event, passes);
    if (!wait)
        return;
    if (deciding.state().approvals.contains(*wait))
        takeAnswer(deciding, *wait, event);
    else if (deciding.state().waits.at(*wait).collects)
        collectEvent(deciding, *wait, event);
    else
        take(deciding, *wait, event);
}

bool halts(const InstanceState &state, const OpenWait &wait)
{
    return state.suspended != 0 || isHalted(state, wait.branch);
}

} // namespace

void offerEvent(Deciding &deciding, Sequence event)
{
    if (deciding.state().underWay && !offerInterrupt(deciding, event))
        offerTo(deciding, event, passesWhere(deciding));
}

void offerHeldEvents(Deciding &deciding, const OpenInterrupt &interrupt)
{
    const InstanceState &state = deciding.state();
    const Passes passes = passesWhere(deciding);
    // The others were offered each of them when it came; no pair is asked twice.
    const Passes passesHere = [&](Sequence wait, Sequence event) {
        return interrupts(state, interrupt, state.waits.at(wait).branch) && passes(wait, event);
    };
    auto event = state.kept.upper_bound(interrupt.since);
    while (event != state.kept.end()) {
        const Sequence offered = event->first;
        deciding.setOfferingSince(offered);
        offerTo(deciding, offered, passesHere);
        event = state.kept.upper_bound(offered);
    }
}

void pauseClocks(Deciding &deciding)
{
    std::vector<Sequence> timers;
    for (const auto &[wait, open] : deciding.state().waits) {
        if (open.timer != 0 && halts(deciding.state(), open) && pauses(stepOf(deciding, open)))
            timers.push_back(open.timer);
    }
    for (const Sequence timer : timers) {
        deciding.act(DisarmTimer{timer});
        deciding.add(TimerPaused{timer});
    }
}

void restartClocks(Deciding &deciding)
{
    std::vector<TimerCreated> timers;
    for (const auto &[wait, open] : deciding.state().waits) {
        const bool isTask = deciding.state().approvals.contains(wait);
        if (open.paused && !halts(deciding.state(), open))
            timers.push_back({open.branch, open.step,
                isTask ? TimerPurpose::Due : TimerPurpose::Timeout, deciding.now() + *open.paused,
                wait});
    }
    for (TimerCreated &timer : timers)
        deciding.createTimer(std::move(timer));
}

void passTimeout(Deciding &deciding, const OpenTimer &timer)
{
    if (deciding.state().waits.at(timer.about).collects)
        return finishCollect(deciding, timer.about);
    const Standing one = standing(deciding, timer.about);
    closeWait(deciding, one.wait);
    if (!one.body.onTimeout.empty()) {
        return deciding.leave({.branch = one.open.branch,
            .step = one.open.step,
            .way = "timeout",
            .to = one.body.onTimeout});
    }
    if (one.body.fallback)
        return leaveByDefault(deciding, one);
    deciding.failStep(one.open.branch, one.step,
        {.type = "TimeoutError",
            .message = "step '" + one.step.id.value + "' waited for " + joined(one.open.names) +
                       " until its timeout",
            .retriable = false});
}

} // namespace engine
