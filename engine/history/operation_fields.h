#pragma once

#include "engine/history/history_event.h"
#include "engine/history/message.h"
#include "engine/history/record_kind.h"

namespace engine {

// The members of what operators ask for and bring about (semantics 9), as in record_fields.h.

void visitFields(auto &visitor, Either<InstanceRewound> auto &fact)
{
    visitor.optional("reason", fact.reason);
    visitor.field("source", fact.source);
    visitor.field("to", fact.to);
    visitor.optional("parent", fact.parent);
}

void visitFields(auto &visitor, Either<BranchRewound> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.optional("to", fact.to);
    visitor.optional("region", fact.region);
    visitor.optional("handles", fact.handles);
    visitor.optional("subFlow", fact.subFlow);
}

void visitFields(auto &visitor, Either<EventKeptAgain> auto &fact)
{
    visitor.field("event", fact.event);
    visitor.field("name", fact.name);
    visitor.optional("eventId", fact.eventId);
    visitor.optional("payload", fact.payload);
    visitor.optional("branch", fact.branch);
    visitor.optional("source", fact.source);
    visitor.optional("raisedAt", fact.raisedAt);
    visitor.optional("key", fact.key);
}

void visitFields(auto &visitor, Either<VariablesEdited> auto &fact)
{
    visitor.field("values", fact.values);
    visitor.field("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<StepSkipped> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<BranchMoved> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("from", fact.from);
    visitor.field("to", fact.to);
    visitor.field("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<RestartInstance> auto &message)
{
    visitor.field("as", message.as);
    visitor.optional("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<RewindInstance> auto &message)
{
    visitor.optional("reason", message.reason);
    visitor.field("source", message.source);
    visitor.optional("parent", message.parent);
    visitor.optional("otherwise", message.otherwise);
}

void visitFields(auto &visitor, Either<EditVariables> auto &message)
{
    visitor.field("values", message.values);
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<SkipStep> auto &message)
{
    visitor.optional("branch", message.branch);
    visitor.field("step", message.step);
    visitor.optional("event", message.event);
    visitor.optional("result", message.result);
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<MoveBranch> auto &message)
{
    visitor.optional("branch", message.branch);
    visitor.optional("from", message.from);
    visitor.field("to", message.to);
    visitor.field("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<PurgeInstance> auto &message)
{
    visitor.optional("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<SetGrant> auto &message)
{
    visitor.field("flow", message.flow);
    visitor.optional("version", message.version);
    visitor.field("allows", message.allows);
    visitor.optional("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<RemoveFlowVersion> auto &message)
{
    visitor.field("flow", message.flow);
    visitor.field("version", message.version);
    visitor.optional("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<NoteOperation> auto &message)
{
    visitor.field("operation", message.operation);
    visitor.optional("about", message.about);
    visitor.optional("after", message.after);
    visitor.optional("reason", message.reason);
    visitor.field("source", message.source);
}

} // namespace engine
