#pragma once

#include "engine/history/correlation.h"
#include "engine/history/history_event.h"
#include "engine/history/message.h"
#include "engine/history/operation_fields.h"
#include "engine/history/record_kind.h"
#include "engine/history/task_fields.h"

namespace engine {

// The members of every stored record, named once for its writer, its reader and its tree.
//   visitor.field(key, value)     always there
//   visitor.optional(key, value)  left out where the value is its type's default
// The names and which of the two are a stored format: they never change for a version that shipped.

void visitFields(auto &visitor, Either<Source> auto &source)
{
    visitor.field("via", source.via);
    visitor.optional("who", source.who);
}

void visitFields(auto &visitor, Either<Failure> auto &failure)
{
    visitor.field("type", failure.type);
    visitor.field("message", failure.message);
    visitor.optional("details", failure.details);
    visitor.field("retriable", failure.retriable);
}

void visitFields(auto &visitor, Either<Parent> auto &parent)
{
    visitor.field("instance", parent.instance);
    visitor.field("run", parent.run.value);
    visitor.field("subFlow", parent.subFlow);
    visitor.optional("detached", parent.detached);
}

void visitFields(auto &visitor, Either<ExecutionStarted> auto &fact)
{
    visitor.field("instance", fact.instance);
    visitor.field("flow", fact.flow);
    visitor.field("version", fact.version);
    visitor.field("input", fact.input);
    visitor.field("source", fact.source);
    visitor.optional("parent", fact.parent);
    visitor.optional("previous", fact.previous.value);
    visitor.optional("createdAt", fact.createdAt);
}

void visitFields(auto &visitor, Either<ExecutionCompleted> auto &fact)
{
    visitor.field("output", fact.output);
    visitor.optional("failure", fact.failure);
}

void visitFields(auto &visitor, Either<ExecutionTerminated> auto &fact)
{
    visitor.field("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<StepEntered> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
}

void visitFields(auto &visitor, Either<StepLeft> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("way", fact.way);
    visitor.optional("to", fact.to);
    visitor.optional("result", fact.result);
    visitor.optional("resultOf", fact.resultOf);
    visitor.optional("failure", fact.failure);
}

void visitFields(auto &visitor, Either<TaskScheduled> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("activity", fact.activity);
    visitor.field("input", fact.input);
}

void visitFields(auto &visitor, Either<TaskAttemptFailed> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("attempt", fact.attempt);
    visitor.field("failure", fact.failure);
}

void visitFields(auto &visitor, Either<TaskCompleted> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("attempt", fact.attempt);
    visitor.field("result", fact.result);
}

void visitFields(auto &visitor, Either<TaskFailed> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("attempt", fact.attempt);
    visitor.field("failure", fact.failure);
}

void visitFields(auto &visitor, Either<TaskCanceled> auto &fact)
{
    visitor.field("task", fact.task);
}

void visitFields(auto &visitor, Either<TimerCreated> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("purpose", fact.purpose);
    visitor.field("fireAt", fact.fireAt);
    visitor.optional("about", fact.about);
}

void visitFields(auto &visitor, Either<TimerFired> auto &fact)
{
    visitor.field("timer", fact.timer);
}

void visitFields(auto &visitor, Either<TimerCanceled> auto &fact)
{
    visitor.field("timer", fact.timer);
}

/// EventRaised and RaiseEvent: the fact is the message, accepted.
void visitEventFields(auto &visitor, auto &event)
{
    visitor.field("name", event.name);
    visitor.field("payload", event.payload);
    visitor.optional("eventId", event.eventId);
    visitor.optional("branch", event.branch);
    visitor.field("source", event.source);
}

void visitFields(auto &visitor, Either<EventRaised> auto &fact)
{
    visitEventFields(visitor, fact);
    visitor.optional("raisedAt", fact.raisedAt);
    visitor.optional("task", fact.task);
    visitor.optional("key", fact.key);
}

void visitFields(auto &visitor, Either<EventTaken> auto &fact)
{
    visitor.field("event", fact.event);
    visitor.field("wait", fact.wait);
    visitor.optional("name", fact.name);
}

void visitFields(auto &visitor, Either<WaitOpened> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("names", fact.names);
    visitor.field("needed", fact.needed);
    visitor.optional("collects", fact.collects);
    visitor.optional("keys", fact.keys);
}

void visitFields(auto &visitor, Either<WaitClosed> auto &fact) { visitor.field("wait", fact.wait); }

void visitFields(auto &visitor, Either<VariablesSet> auto &fact)
{
    visitor.optional("values", fact.values);
    visitor.optional("appended", fact.appended);
}

void visitFields(auto &visitor, Either<CustomStatusSet> auto &fact)
{
    visitor.field("status", fact.status);
}

void visitFields(auto &, Either<DecisionYielded> auto &) {}

void visitFields(auto &visitor, Either<ExecutionSuspended> auto &fact)
{
    visitor.optional("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<ExecutionResumed> auto &fact)
{
    visitor.optional("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<TimerPaused> auto &fact)
{
    visitor.field("timer", fact.timer);
}

void visitFields(auto &visitor, Either<EventIgnored> auto &fact)
{
    visitor.field("name", fact.name);
    visitor.optional("eventId", fact.eventId);
    visitor.field("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<EventDeleted> auto &fact)
{
    visitor.field("event", fact.event);
    visitor.optional("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<EventHandedOn> auto &fact)
{
    visitor.field("event", fact.event);
    visitor.field("to", fact.to);
    visitor.optional("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<WhereFailed> auto &fact)
{
    visitor.field("wait", fact.wait);
    visitor.field("event", fact.event);
    visitor.field("message", fact.message);
}

void visitFields(auto &visitor, Either<RegionOpened> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("branches", fact.branches);
    visitor.field("atOnce", fact.atOnce);
    visitor.optional("items", fact.items);
}

void visitFields(auto &visitor, Either<BranchOpened> auto &fact)
{
    visitor.field("region", fact.region);
    visitor.field("branch", fact.branch);
    visitor.field("way", fact.way);
    visitor.field("to", fact.to);
}

void visitFields(auto &visitor, Either<BranchCompleted> auto &fact)
{
    visitor.field("branch", fact.branch);
}

void visitFields(auto &visitor, Either<BranchFailed> auto &fact)
{
    visitor.field("branch", fact.branch);
}

void visitFields(auto &visitor, Either<RegionJoined> auto &fact)
{
    visitor.field("region", fact.region);
}

void visitFields(auto &visitor, Either<RegionFailed> auto &fact)
{
    visitor.field("region", fact.region);
}

void visitFields(auto &visitor, Either<ExecutionContinuedAsNew> auto &fact)
{
    visitor.field("input", fact.input);
}

void visitFields(auto &visitor, Either<EventIdsCarried> auto &fact)
{
    visitor.field("keys", fact.keys);
}

void visitFields(auto &visitor, Either<SubFlowScheduled> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("instance", fact.instance);
    visitor.field("flow", fact.flow);
    visitor.optional("version", fact.version);
    visitor.field("input", fact.input);
    visitor.optional("detached", fact.detached);
}

void visitFields(auto &visitor, Either<SubFlowCompleted> auto &fact)
{
    visitor.field("subFlow", fact.subFlow);
    visitor.field("result", fact.result);
}

void visitFields(auto &visitor, Either<SubFlowFailed> auto &fact)
{
    visitor.field("subFlow", fact.subFlow);
    visitor.field("failure", fact.failure);
}

void visitFields(auto &visitor, Either<SubFlowCanceled> auto &fact)
{
    visitor.field("subFlow", fact.subFlow);
    visitor.optional("livesOn", fact.livesOn);
}

void visitFields(auto &visitor, Either<EventSent> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("instance", fact.instance);
    visitor.field("name", fact.name);
    visitor.field("payload", fact.payload);
}

void visitFields(auto &visitor, Either<InterruptBegan> auto &fact)
{
    visitor.field("event", fact.event);
    visitor.field("name", fact.name);
    visitor.field("branch", fact.branch);
    visitor.field("to", fact.to);
    visitor.optional("region", fact.region);
    visitor.optional("only", fact.only);
    visitor.optional("beside", fact.beside);
    visitor.optional("since", fact.since);
}

void visitFields(auto &visitor, Either<InterruptEnded> auto &fact)
{
    visitor.field("interrupt", fact.interrupt);
    visitor.optional("failure", fact.failure);
}

void visitFields(auto &visitor, Either<InterruptDropped> auto &fact)
{
    visitor.field("event", fact.event);
    visitor.optional("newer", fact.newer);
}

void visitFields(auto &visitor, Either<StartInstance> auto &message)
{
    visitor.field("flow", message.flow);
    visitor.optional("version", message.version);
    visitor.field("input", message.input);
    visitor.field("source", message.source);
    visitor.optional("parent", message.parent);
}

void visitFields(auto &visitor, Either<RaiseEvent> auto &message)
{
    visitEventFields(visitor, message);
    visitor.optional("key", message.key);
}

void visitFields(auto &visitor, Either<TerminateInstance> auto &message)
{
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
    visitor.optional("parent", message.parent);
    visitor.optional("keepSubFlows", message.keepSubFlows);
}

void visitFields(auto &visitor, Either<TimerDue> auto &message)
{
    visitor.field("timer", message.timer);
}

void visitFields(auto &visitor, Either<ActivityFinished> auto &message)
{
    visitor.field("task", message.task);
    visitor.field("attempt", message.attempt);
    visitor.field("outcome", message.outcome);
}

void visitFields(auto &, Either<GoOn> auto &) {}

void visitFields(auto &visitor, Either<SubFlowFinished> auto &message)
{
    visitor.field("subFlow", message.subFlow);
    visitor.field("outcome", message.outcome);
}

void visitFields(auto &visitor, Either<SuspendInstance> auto &message)
{
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<ResumeInstance> auto &message)
{
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<RetryInstance> auto &message)
{
    visitor.field("source", message.source);
    visitor.optional("reason", message.reason);
}

void visitFields(auto &visitor, Either<DeleteKeptEvent> auto &message)
{
    visitor.field("event", message.event);
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<HandOnEvent> auto &message)
{
    visitor.field("event", message.event);
    visitor.field("to", message.to);
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<ReplayUndelivered> auto &message)
{
    visitor.field("undelivered", message.undelivered);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<DeleteUndelivered> auto &message)
{
    visitor.field("undelivered", message.undelivered);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<CorrelationOpened> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.optional("region", fact.region);
    visitor.field("names", fact.names);
    visitor.field("keys", fact.keys);
}

void visitFields(auto &visitor, Either<CorrelationClosed> auto &fact)
{
    visitor.field("correlation", fact.correlation);
}

void visitFields(auto &visitor, Either<RaiseCorrelated> auto &message)
{
    visitor.field("name", message.name);
    visitor.field("payload", message.payload);
    visitor.optional("key", message.key);
    visitor.optional("eventId", message.eventId);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<CorrelationAnswer> auto &answer)
{
    visitor.optional("reached", answer.reached);
    visitor.optional("started", answer.started);
    visitor.optional("keptUntil", answer.keptUntil);
    visitor.optional("undelivered", answer.undelivered);
}

void visitFields(auto &visitor, Either<SetWebhook> auto &message)
{
    visitor.field("path", message.path);
    visitor.optional("text", message.text);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<SetAccessKey> auto &message)
{
    visitor.field("label", message.label);
    visitor.field("scope", message.scope);
    visitor.optional("digest", message.digest);
    visitor.field("source", message.source);
    visitor.field("at", message.at);
}

} // namespace engine
