#include "engine/runtime/deciding.h"

#include "engine/activities/secrets.h"
#include "engine/base/callback_url.h"
#include "engine/model/written_json.h"
#include "engine/runtime/correlation.h"
#include "engine/runtime/interrupts.h"
#include "engine/runtime/regions.h"
#include "engine/runtime/sub_flows.h"
#include "engine/runtime/tasks/open_task.h"
#include "engine/runtime/work_step.h"

#include <algorithm>
#include <set>
#include <utility>

namespace engine {
namespace {

/// Spreads neighbouring numbers over all 64 bits (the finalizer of splitmix64).
std::uint64_t mixed(std::uint64_t bits)
{
    bits += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

/// The source of a script; empty if its input has none, which the script says itself.
std::string codeIn(const JsonText &with)
{
    const auto written = writtenJson(with.text());
    const WrittenValue *code = written ? findMember(*written, "code") : nullptr;
    return code && code->kind == JsonKind::String ? unquoted(code->in(with.text())) : "";
}

Failure expressionError(std::string message)
{
    return {.type = "ExpressionError", .message = std::move(message), .retriable = false};
}

/// Whether something may go on that halted, or is over, so that what was held for it comes again.
bool letsGoOn(const Fact &fact)
{
    return std::holds_alternative<InterruptEnded>(fact) ||
           std::holds_alternative<RegionJoined>(fact) ||
           std::holds_alternative<RegionFailed>(fact) ||
           std::holds_alternative<BranchFailed>(fact) ||
           std::holds_alternative<BranchCompleted>(fact) ||
           std::holds_alternative<ExecutionResumed>(fact);
}

/// What people are told whose task is gone.
std::string whyWithdrawn(const Closing &closing)
{
    if (!closing.reason.empty())
        return closing.reason;
    return closing.ends ? "the instance has ended" : "its branch was cancelled";
}

/// Of most decisions: a vector that grows moves what it has again and again.
constexpr std::size_t usualFacts = 8;

/// How long `duration` is when it begins at `from`: months have no length of their own.
Milliseconds lengthFrom(Instant from, const Duration &duration) { return (from + duration) - from; }

} // namespace

Deciding::Deciding(const Given &given, OwnedState state)
    : m_given(given)
    , m_begun(given.clock.now())
{
    m_decision.state = std::move(state);
    m_decision.facts.reserve(usualFacts);
}

bool Deciding::isLongEnough() const
{
    if (m_stepsEntered >= limits().stepsPerDecision)
        return true;
    // At least one step, however slow: otherwise it might yield for ever.
    return m_stepsEntered > 0 && m_given.clock.now() - m_begun >= limits().time;
}

Sequence Deciding::add(Fact fact)
{
    InstanceState &state = *m_decision.state;
    if (m_decision.facts.empty())
        ++state.decisions;
    if (std::holds_alternative<StepEntered>(fact) || std::holds_alternative<BranchOpened>(fact))
        ++m_stepsEntered;
    const Sequence sequence = state.length + 1;
    apply(state, sequence, m_given.now, fact);
    if (letsGoOn(fact))
        m_decision.letsGoOn = true;
    if (const auto *ended = std::get_if<ExecutionCompleted>(&fact)) {
        if (ended->failure)
            tellParent(endFailure(state, *ended->failure));
        else
            tellParent(ended->output);
    }
    m_decision.facts.push_back(std::move(fact));
    return sequence;
}

void Deciding::act(Effect effect) { m_decision.effects.push_back(std::move(effect)); }

std::variant<JsonText, Failure> Deciding::evaluate(const Expression &expression, const Place &place)
{
    const auto decision = std::uint64_t(m_decision.state->decisions);
    const Scope scope{
        .value = [&](std::string_view name) { return valueOfName(name, place); },
        .step = [&](std::string_view id) { return resultOfStep(id, place.branch); },
        .itemNames = itemNamesAt(place.branch),
        .now = m_given.now,
        // Several expressions of one decision must not draw the same chance.
        .seed = mixed(
            mixed(mixed(std::uint64_t(m_decision.state->run.value)) + decision) + ++m_evaluations),
    };
    auto value = m_given.expressions.evaluate(
        expression.source, scope, {.step = place.step.value, .field = place.field});
    if (!value)
        return expressionError(value.error().message);
    return *std::move(value);
}

std::variant<JsonText, Failure> Deciding::fill(const Template &value, const Place &place)
{
    if (value.pieces.size() == 1 && std::holds_alternative<Expression>(value.pieces.front()))
        return evaluate(std::get<Expression>(value.pieces.front()), place);
    if (value.pieces.empty())
        return value.written;
    std::string text;
    for (const auto &piece : value.pieces) {
        if (const auto *literal = std::get_if<std::string>(&piece)) {
            text += *literal;
            continue;
        }
        auto filled = evaluate(std::get<Expression>(piece), place);
        if (std::holds_alternative<Failure>(filled))
            return filled;
        text += std::get<JsonText>(filled).text();
        if (text.size() > JsonLimits().bytes) {
            return expressionError(
                "step '" + place.step.value + "': '" + std::string(place.field) +
                "' is longer than 1 MiB when it is filled in; pass on less of the payloads");
        }
    }
    return JsonText::trusted(std::move(text));
}

std::variant<std::vector<std::string>, Failure> Deciding::keysOf(
    const std::vector<std::string> &events, const BranchPath &branch, const StepId &step)
{
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < events.size() && flow().correlates(); ++i) {
        const EventDeclaration *event = flow().correlated(foldedEventName(events[i]));
        if (!event)
            continue;
        auto value = evaluate(event->correlate->instance, {branch, step, "correlate.instance"});
        if (auto *failure = std::get_if<Failure>(&value))
            return std::move(*failure);
        const auto key = keyFrom(std::get<JsonText>(value));
        if (!key)
            return expressionError("step '" + step.value + "': the event '" + event->name +
                                   "' has no key: " + whyNoKey(std::get<JsonText>(value)));
        keys.resize(events.size());
        keys[i] = *key;
    }
    return keys;
}

void Deciding::leave(StepLeft left)
{
    invariant(!left.to.empty(), "flow: step '" + left.step.value + "' has no way out " + left.way);
    add(std::move(left));
}

void Deciding::failStep(const BranchPath &branch, const Step &step, Failure failure)
{
    auto way =
        std::ranges::find(step.onError, failure.type, &std::pair<std::string, StepId>::first);
    if (way == step.onError.end())
        way = std::ranges::find(step.onError, "*", &std::pair<std::string, StepId>::first);
    if (way == step.onError.end()) {
        failBranch(branch, step.id, std::move(failure));
        return;
    }
    leave({.branch = branch,
        .step = step.id,
        .way = "error:" + way->first,
        .to = way->second,
        .failure = std::move(failure)});
}

void Deciding::failBranch(const BranchPath &branch, const StepId &step, Failure failure)
{
    add(StepLeft{.branch = branch, .step = step, .way = "fail", .failure = failure});
    if (state().branches.at(branch).handler != 0)
        return failHandler(*this, branch, std::move(failure));
    if (!branch.empty())
        return endFailedBranch(*this, branch, failure);
    closeEverything();
    add(ExecutionCompleted{.failure = std::move(failure)});
}

void Deciding::closeWithin(const BranchPath &beginning)
{
    closeAll(openWithin(state(), beginning), {});
}

void Deciding::closeEverything(Closing closing)
{
    closing.ends = true;
    closeAll(openWithin(state(), {}), closing);
}

void Deciding::closeOn(const BranchPath &path) { closeAll(openAt(state(), path), {}); }

void Deciding::closeBranch(const BranchPath &path)
{
    closeOn(path);
    closeWithin({path.value + '/'});
}

void Deciding::closeAll(const std::vector<Sequence> &open, const Closing &closing)
{
    for (const Sequence subFlow : open) {
        if (state().subFlows.contains(subFlow))
            cancelSubFlow(subFlow, closing);
    }
    for (const Sequence timer : open) {
        if (state().timers.contains(timer))
            cancelTimer(timer);
    }
    for (const Sequence wait : open) {
        if (state().approvals.contains(wait))
            closeTask(*this, wait, TaskEnd::Withdrawn, whyWithdrawn(closing));
        else if (state().waits.contains(wait))
            add(WaitClosed{wait});
        else if (state().correlations.contains(wait))
            add(CorrelationClosed{wait});
    }
    for (const Sequence task : open) {
        const auto work = state().tasks.find(task);
        if (work == state().tasks.end())
            continue;
        act(CancelActivity{work->second.activity, {state().run, task}});
        add(TaskCanceled{task});
    }
}

void Deciding::cancelSubFlow(Sequence subFlow, const Closing &closing)
{
    const OpenSubFlow &open = state().subFlows.at(subFlow);
    const bool livesOn = closing.keepSubFlows || open.detached;
    if (!livesOn) {
        const std::string &self = state().instance.value;
        const std::string reason =
            closing.reason.empty() ? "instance '" + self + "' waits for it no longer" : closing.reason;
        act(SendMessage{{open.instance, {},
            TerminateInstance{
                reason, {"instance", self}, Parent{state().instance, state().run, subFlow}}}});
    }
    add(SubFlowCanceled{subFlow, livesOn});
}

void Deciding::tellParent(std::variant<JsonText, Failure> outcome)
{
    const auto &parent = state().parent;
    if (parent && !parent->detached)
        act(SendMessage{toParent(*parent, std::move(outcome))});
}

void Deciding::continueAsNew(JsonText input)
{
    closeEverything({"instance '" + state().instance.value + "' continued as new"});
    NextRun next{std::make_unique<InstanceState>(), factsOfNextRun(input)};
    next.state->instance = state().instance;
    next.state->decisions = 1;
    for (const Fact &fact : next.facts)
        apply(*next.state, next.state->length + 1, now(), fact);
    add(ExecutionContinuedAsNew{std::move(input)});
    m_decision.next = std::move(next);
}

/// What comes along; then it yields, so that every generation is a decision of its own.
std::vector<Fact> Deciding::factsOfNextRun(JsonText input) const
{
    const InstanceState &old = state();
    std::vector<Fact> facts{ExecutionStarted{old.instance, old.flow, old.version,
        std::move(input), {"instance", old.instance.value}, old.parent, old.run, old.createdAt}};
    if (!flow().flow().variables.empty())
        facts.emplace_back(VariablesSet{.values = flow().flow().variables});
    if (!old.customStatus.isNull())
        facts.emplace_back(CustomStatusSet{old.customStatus});
    for (const auto &[sequence, event] : old.kept) {
        facts.emplace_back(EventRaised{event.sent, event.payload, event.eventId, event.branch,
            event.source, event.raisedAt, 0, event.key});
    }
    facts.emplace_back(DecisionYielded{});
    return facts;
}

Sequence Deciding::createTimer(TimerCreated timer)
{
    const Instant fireAt = timer.fireAt;
    const Sequence sequence = add(std::move(timer));
    act(ArmTimer{sequence, fireAt});
    return sequence;
}

void Deciding::cancelTimer(Sequence timer)
{
    act(DisarmTimer{timer});
    add(TimerCanceled{timer});
}

void Deciding::runAttempt(Sequence task)
{
    act(RunActivity{request(task)});
}

ActivityRequest Deciding::request(Sequence task) const
{
    const OpenTask &work = state().tasks.at(task);
    const Step *step = flow().step(work.step);
    const auto body = workStep(step);
    invariant(body.has_value(), "flow: step '" + work.step.value + "' has work, but does none");
    ActivityRequest request{{state().run, task}, work.attempt, state().instance, work.activity,
        work.input, Milliseconds(0)};
    request.granted = flow().granted(work.activity);
    request.secrets = secretNamesIn(body->written);
    if (body->written.find(callbackSecret) != std::string::npos)
        request.secrets.emplace(callbackSecret);
    if (body->timeout)
        request.timeout = lengthFrom(now(), *body->timeout);
    if (work.activity == "script")
        request.scope = scopeOfScript(codeIn(work.input), {work.branch, work.step, "code"});
    return request;
}

void Deciding::logEvent(const UntakenEvent &event, std::string reason)
{
    m_decision.logged.push_back(
        {{event.sent, event.payload, event.eventId, event.branch, event.source, event.key},
            std::move(reason)});
}

void Deciding::refuse(Error error, std::string undelivered)
{
    m_decision.reception = Reception::Refused;
    m_decision.refusal = std::move(error);
    m_decision.undelivered = std::move(undelivered);
}

} // namespace engine
