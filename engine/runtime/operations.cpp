#include "engine/runtime/operations.h"

#include "engine/runtime/steps/steps.h"
#include "engine/runtime/sub_flows.h"

#include <utility>

namespace engine {
namespace {

std::string named(const Deciding &deciding)
{
    return "instance '" + deciding.state().instance.value + "'";
}

/// `{"status":"Running"}`
JsonText statusText(const InstanceState &state)
{
    return JsonText::trusted("{\"status\":\"" + std::string(toText(state.status)) + "\"}");
}

/// `{"name":"Approval"}`
JsonText nameText(const UntakenEvent &event)
{
    return JsonText::trusted("{\"name\":" + JsonText::ofString(event.sent).text() + "}");
}

/// Whether it is over, which is then the answer.
bool isOver(Deciding &deciding)
{
    if (!isFinished(deciding.state()))
        return false;
    deciding.refuse({ErrorCode::Finished, named(deciding) + " is over already", {}});
    return true;
}

const UntakenEvent *keptEvent(Deciding &deciding, Sequence event)
{
    if (isOver(deciding))
        return nullptr;
    const auto found = deciding.state().kept.find(event);
    if (found != deciding.state().kept.end())
        return &found->second;
    deciding.refuse({ErrorCode::NotFound,
        named(deciding) + " keeps no event " + std::to_string(event) +
            ": it was taken, deleted or handed on, or never came",
        {}});
    return nullptr;
}

} // namespace

void suspend(Deciding &deciding, const SuspendInstance &message)
{
    if (isOver(deciding))
        return;
    if (deciding.state().suspended != 0) {
        return deciding.refuse(
            {ErrorCode::WrongState, named(deciding) + " is suspended already", {}});
    }
    const JsonText before = statusText(deciding.state());
    deciding.add(ExecutionSuspended{message.reason, message.source});
    pauseClocks(deciding);
    deciding.audit({.source = message.source,
        .operation = "suspend",
        .before = before,
        .after = statusText(deciding.state()),
        .reason = message.reason});
}

void resume(Deciding &deciding, const ResumeInstance &message)
{
    if (isOver(deciding))
        return;
    const Sequence since = deciding.state().suspended;
    if (since == 0) {
        return deciding.refuse({ErrorCode::WrongState, named(deciding) + " is not suspended", {}});
    }
    const JsonText before = statusText(deciding.state());
    deciding.add(ExecutionResumed{message.reason, message.source});
    deciding.audit({.source = message.source,
        .operation = "resume",
        .before = before,
        .after = statusText(deciding.state()),
        .reason = message.reason});
    restartClocks(deciding);
    // An offer takes this event or none, so the next one is found from here.
    auto event = deciding.state().kept.upper_bound(since);
    while (event != deciding.state().kept.end()) {
        const Sequence offered = event->first;
        deciding.setOfferingSince(offered); // what an interrupt halts now was offered up to here
        offerEvent(deciding, offered);
        event = deciding.state().kept.upper_bound(offered);
    }
    deciding.setOfferingSince(0);
}

void terminate(Deciding &deciding, const TerminateInstance &message)
{
    const InstanceState &state = deciding.state();
    if (message.parent && (isFinished(state) || message.parent != state.parent))
        return deciding.receive(Reception::Ignored);
    if (isOver(deciding))
        return;
    const JsonText before = statusText(state);
    deciding.closeEverything({message.reason, message.keepSubFlows});
    deciding.add(ExecutionTerminated{message.reason, message.source});
    if (message.parent) // it is the parent who wants it, and whoever ended that is in the log
        return;
    deciding.tellParent(terminationFailure(state, message.reason));
    deciding.audit({.source = message.source,
        .operation = "terminate",
        .before = before,
        .after = statusText(state),
        .reason = message.reason});
}

void deleteKept(Deciding &deciding, const DeleteKeptEvent &message)
{
    const UntakenEvent *kept = keptEvent(deciding, message.event);
    if (!kept)
        return;
    deciding.audit({.source = message.source,
        .operation = "deleteKept",
        .about = "event/" + std::to_string(message.event),
        .before = nameText(*kept),
        .reason = message.reason});
    deciding.add(EventDeleted{message.event, message.reason, message.source});
}

void handOn(Deciding &deciding, const HandOnEvent &message)
{
    const UntakenEvent *kept = keptEvent(deciding, message.event);
    if (!kept)
        return;
    if (message.to == deciding.state().instance) {
        return deciding.refuse({ErrorCode::InvalidArgument,
            "the event is kept by that instance already; name another one", {}});
    }
    // Its branch, if it named one, is a branch of this instance.
    deciding.act(SendMessage{{message.to, {},
        RaiseEvent{kept->sent, kept->payload, kept->eventId, {}, message.source}}});
    deciding.audit({.source = message.source,
        .operation = "handOn",
        .about = "event/" + std::to_string(message.event),
        .before = nameText(*kept),
        .after = JsonText::trusted(
            "{\"instance\":" + JsonText::ofString(message.to.value).text() + "}"),
        .reason = message.reason});
    deciding.add(EventHandedOn{message.event, message.to, message.reason, message.source});
}

} // namespace engine
