#include "engine/runtime/interpreter.h"

#include "engine/base/joined.h"
#include "engine/base/overloaded.h"
#include "engine/runtime/event_payload.h"
#include "engine/runtime/interrupts.h"
#include "engine/runtime/operations.h"
#include "engine/runtime/corrections.h"
#include "engine/runtime/regions.h"
#include "engine/runtime/rewind.h"
#include "engine/runtime/steps/steps.h"
#include "engine/runtime/sub_flows.h"
#include "engine/runtime/tasks/open_task.h"
#include "engine/runtime/tasks/task_orders.h"

#include <concepts>
#include <set>
#include <utility>

namespace engine {
namespace {

/// The steps that went round since something from outside came, for the message of a TightLoop.
std::string loopOf(const InstanceState &state)
{
    std::set<StepId> steps; // many branches may go through the same ones
    for (const auto &[path, branch] : state.branches) {
        for (const auto &[step, memory] : branch.steps) {
            if (memory.entered > state.lastMoved)
                steps.insert(step);
        }
    }
    return joined(steps, &StepId::value);
}

void failTightLoop(Deciding &deciding)
{
    Failure failure{.type = "TightLoop",
        .message = "more than " + std::to_string(deciding.limits().stepsWithoutWait) +
                   " steps without a wait, in " + loopOf(deciding.state()) +
                   "; put a wait, a timer or an activity into the loop",
        .retriable = false};
    deciding.closeEverything();
    deciding.add(ExecutionCompleted{.failure = std::move(failure)});
}

void enterStep(Deciding &deciding, const BranchPath &path, StepId id)
{
    if (id.empty())
        id = deciding.flow().flow().start;
    const Step *step = deciding.flow().step(id);
    invariant(step != nullptr, "flow: there is no step '" + id.value + "' to go to");
    deciding.add(StepEntered{path, id});
    std::visit([&](const auto &body) { enter(deciding, path, *step, body); }, step->body);
}

/// Moves the branch that has been on its way for longest.
void moveOn(Deciding &deciding)
{
    const BranchPath path = deciding.state().onTheirWay.begin()->second;
    const BranchState &branch = deciding.state().branches.at(path);
    if (isAtItsJoin(deciding, branch))
        completeBranch(deciding, path);
    else
        enterStep(deciding, path, branch.step);
}

/// Moves every branch until it stands, the instance is over, or the decision is long enough.
/// Regions fill up first, then all branches go step by step in turn: none has to wait for another's
/// long way.
void proceed(Deciding &deciding)
{
    const InstanceState &state = deciding.state();
    if (!state.underWay && openCorrelation(deciding))
        offerKeptInterrupts(deciding); // of those that came before (semantics 8.2)
    while (!state.opening.empty() || !state.onTheirWay.empty()) {
        if (state.stepsWithoutWait >= deciding.limits().stepsWithoutWait)
            return failTightLoop(deciding);
        if (deciding.isLongEnough()) {
            deciding.add(DecisionYielded{});
            return;
        }
        if (!state.opening.empty())
            openNextBranch(deciding, *state.opening.begin());
        else
            moveOn(deciding);
    }
}

/// Nothing starts, and a parent hears why.
void refuseStart(Deciding &deciding, const StartInstance &start, Error why,
    const std::vector<SchemaFault> &faults = {})
{
    if (start.parent) {
        deciding.act(SendMessage{toParent(
            *start.parent, startFailure(deciding.state().instance, start, why, faults))});
    }
    deciding.refuse(std::move(why));
}

void receive(Deciding &deciding, const StartInstance &start)
{
    invariant(deciding.state().length == 0, "start: the run has a history");
    const RunnableFlow &flow = deciding.flow();
    if (!flow.forbidden().empty()) {
        return refuseStart(deciding, start, {ErrorCode::NotAllowed,
            "flow '" + flow.flow().name.value + "' is not allowed to use " +
                joined(flow.forbidden()) +
                "; allow it when deploying in the window, or start with --allow " +
                std::string(demandKind(*flow.forbidden().begin())),
            {}});
    }
    const auto faults = flow.flow().input ? validate(*flow.flow().input, start.input)
                                          : std::vector<SchemaFault>();
    if (!faults.empty()) {
        return refuseStart(deciding, start,
            {ErrorCode::InvalidArgument,
                "the input does not match flow '" + flow.flow().name.value +
                    "': " + sentence(faults),
                faults.front().pointer},
            faults);
    }
    const InstanceId instance = deciding.state().instance;
    deciding.add(ExecutionStarted{instance, flow.flow().name, flow.version(), start.input,
        start.source, start.parent});
    if (start.parent && start.parent->detached) {
        deciding.act(SendMessage{toParent(*start.parent,
            JsonText::trusted(
                "{\"instance\":" + JsonText::ofString(instance.value).text() + "}"))});
    }
    if (!flow.flow().variables.empty())
        deciding.add(VariablesSet{.values = flow.flow().variables});
}

bool ignoresBadPayload(const Deciding &deciding, const RaiseEvent &event)
{
    const EventDeclaration *declaration = findEvent(deciding.flow().flow(), event.name);
    return declaration && declaration->onInvalid == "ignore";
}

/// Accepted, and nobody's: it goes to the log of undelivered events (semantics 2.2).
void ignore(Deciding &deciding, const RaiseEvent &event, const std::string &fault)
{
    const std::string reason = "invalid payload: " + fault;
    deciding.add(EventIgnored{event.name, event.eventId, reason, event.source});
    deciding.deliverNowhere(reason);
}

/// Whether the event is refused or ignored; else its payload is as it is to be kept. That it is no
/// duplicate was seen before.
bool isTurnedAway(Deciding &deciding, const RaiseEvent &event, JsonText &payload)
{
    const InstanceState &state = deciding.state();
    if (isFinished(state)) {
        deciding.refuse({ErrorCode::Finished,
                            "instance '" + state.instance.value +
                                "' is over; the event is kept in the log of undelivered events",
                            {}},
            "finished instance");
        return true;
    }
    const EventDeclaration *declaration = findEvent(deciding.flow().flow(), event.name);
    CheckedPayload checked = checkPayload(declaration, event.payload);
    payload = std::move(checked.payload);
    if (checked.faults.empty() || declaration->onInvalid == "fail")
        return false;
    if (ignoresBadPayload(deciding, event)) {
        ignore(deciding, event, sentence(checked.faults));
    } else {
        deciding.refuse({ErrorCode::InvalidArgument,
            "event '" + declaration->name +
                "' does not match its schema: " + sentence(checked.faults),
            checked.faults.front().pointer});
    }
    return true;
}

/// Whether the event is refused or ignored because no task that wants it takes it as an answer. While
/// everything halts nobody is asked: it is kept (semantics 2.7).
bool isNoAnswer(Deciding &deciding, const RaiseEvent &event, const JsonText &payload)
{
    if (deciding.state().suspended != 0)
        return false;
    auto error = whyNoAnswer(deciding, event, payload);
    if (!error)
        return false;
    if (error->code == ErrorCode::InvalidArgument && ignoresBadPayload(deciding, event))
        ignore(deciding, event, error->message);
    else
        deciding.refuse(*std::move(error));
    return true;
}

/// Whether too many events of a name are kept that every new wait would have to look through.
bool isFull(const Deciding &deciding, const std::string &name)
{
    if (!deciding.flow().isFiltered(name))
        return false;
    const auto kept = deciding.state().keptCounts.find(name);
    return kept != deciding.state().keptCounts.end() &&
           kept->second >= deciding.limits().keptOfFilteredName;
}

void receive(Deciding &deciding, const RaiseEvent &event)
{
    JsonText payload;
    if (isTurnedAway(deciding, event, payload) || isNoAnswer(deciding, event, payload))
        return;
    if (isFull(deciding, foldedEventName(event.name))) {
        return deciding.refuse({ErrorCode::Busy,
            "instance '" + deciding.state().instance.value + "' keeps too many events '" +
                event.name + "' that no wait has taken; send more when some are taken",
            {}});
    }
    const Sequence raised = deciding.add(
        EventRaised{event.name, std::move(payload), event.eventId, event.branch, event.source, {}, 0,
            event.key});
    if (deciding.state().suspended == 0)
        offerEvent(deciding, raised);
}

void receive(Deciding &deciding, const TimerDue &due)
{
    const auto found = deciding.state().timers.find(due.timer);
    if (found == deciding.state().timers.end())
        return deciding.receive(Reception::Ignored);
    if (deciding.state().suspended != 0 || isHalted(deciding.state(), found->second.branch))
        return deciding.receive(Reception::Held);
    const OpenTimer timer = found->second;
    if (timer.fireAt > deciding.now()) { // the clock was set back while it was held
        deciding.act(ArmTimer{due.timer, timer.fireAt});
        return deciding.receive(Reception::Ignored);
    }
    deciding.add(TimerFired{due.timer});
    switch (timer.purpose) {
    case TimerPurpose::Step: return passTimer(deciding, timer);
    case TimerPurpose::Timeout: return passTimeout(deciding, timer);
    case TimerPurpose::Retry: return retryAttempt(deciding, timer);
    case TimerPurpose::Due:
    case TimerPurpose::Reminder:
    case TimerPurpose::Escalation: return passTaskTimer(deciding, timer);
    }
}

void receive(Deciding &deciding, const ActivityFinished &finished)
{
    finishAttempt(deciding, finished);
}

void receive(Deciding &deciding, const SubFlowFinished &finished)
{
    finishSubFlow(deciding, finished);
}

void receive(Deciding &deciding, const GoOn &)
{
    // A suspended one goes on with the decision that resumes it.
    if (!deciding.state().yielded || deciding.state().suspended != 0)
        deciding.receive(Reception::Ignored);
}

void receive(Deciding &deciding, const SuspendInstance &message) { suspend(deciding, message); }
void receive(Deciding &deciding, const TerminateInstance &message) { terminate(deciding, message); }
void receive(Deciding &deciding, const ResumeInstance &message) { resume(deciding, message); }
void receive(Deciding &deciding, const RewindInstance &message) { rewind(deciding, message); }
void receive(Deciding &deciding, const EditVariables &message) { editVariables(deciding, message); }
void receive(Deciding &deciding, const SkipStep &message) { skipStep(deciding, message); }
void receive(Deciding &deciding, const MoveBranch &message) { moveBranch(deciding, message); }
void receive(Deciding &deciding, const DeleteKeptEvent &message) { deleteKept(deciding, message); }
void receive(Deciding &deciding, const HandOnEvent &message) { handOn(deciding, message); }
void receive(Deciding &deciding, const AnswerTask &message) { answerTask(deciding, message); }
void receive(Deciding &deciding, const ClaimTask &message) { claimTask(deciding, message); }
void receive(Deciding &deciding, const ReassignTask &message) { reassignTask(deciding, message); }
void receive(Deciding &deciding, const CommentTask &message) { commentTask(deciding, message); }

template<typename Body>
requires std::same_as<Body, RetryInstance> || std::same_as<Body, ReplayUndelivered> ||
         std::same_as<Body, DeleteUndelivered> || std::same_as<Body, RestartInstance> ||
         std::same_as<Body, PurgeInstance> || std::same_as<Body, RaiseCorrelated> ||
         std::same_as<Body, SetWebhook> || std::same_as<Body, SetAccessKey> ||
         std::same_as<Body, SetGrant> || std::same_as<Body, RemoveFlowVersion> ||
         std::same_as<Body, NoteOperation>
void receive(Deciding &, const Body &)
{
    invariant(false, "message: it is for no decision");
}

/// Whether nothing may move: the instance is suspended, or it goes on by a message to itself, and
/// others are taken in only because they would lengthen the decision that was just cut.
bool stands(const InstanceState &state, const Message &message)
{
    return state.suspended != 0 ||
           (state.yielded && !std::holds_alternative<GoOn>(message.body));
}

} // namespace

Decision decide(const Given &given, OwnedState state, const Message &message)
{
    Deciding deciding(given, std::move(state));
    std::visit([&](const auto &body) { receive(deciding, body); }, message.body);
    if (!stands(deciding.state(), message))
        proceed(deciding);
    return std::move(deciding).finish();
}

} // namespace engine
