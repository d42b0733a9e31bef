#pragma once

#include "engine/history/message.h"
#include "engine/history/record_kind.h"
#include "engine/history/task_facts.h"

namespace engine {

// The part of record_fields.h that is about tasks.

void visitFields(auto &visitor, Either<TaskOpened> auto &fact)
{
    visitor.optional("branch", fact.branch);
    visitor.field("step", fact.step);
    visitor.field("event", fact.event);
    visitor.field("title", fact.title);
    visitor.optional("text", fact.text);
    visitor.optional("assignees", fact.assignees);
    visitor.optional("key", fact.key);
}

void visitFields(auto &visitor, Either<TaskAnswered> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("event", fact.event);
    visitor.field("by", fact.by);
    visitor.field("outcome", fact.outcome);
}

void visitFields(auto &visitor, Either<TaskClosed> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("end", fact.end);
    visitor.optional("reason", fact.reason);
}

void visitFields(auto &visitor, Either<TaskClaimed> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.optional("by", fact.by);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<TaskReassigned> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("assignees", fact.assignees);
    visitor.optional("reason", fact.reason);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<TaskCommented> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("by", fact.by);
    visitor.field("text", fact.text);
    visitor.optional("question", fact.question);
    visitor.field("source", fact.source);
}

void visitFields(auto &visitor, Either<TaskReminded> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("number", fact.number);
}

void visitFields(auto &visitor, Either<TaskEscalated> auto &fact)
{
    visitor.field("task", fact.task);
    visitor.field("level", fact.level);
    visitor.field("assignees", fact.assignees);
}

void visitFields(auto &visitor, Either<AnswerTask> auto &message)
{
    visitor.field("task", message.task);
    visitor.field("outcome", message.outcome);
    visitor.optional("comment", message.comment);
    visitor.optional("data", message.data);
    visitor.optional("by", message.by);
    visitor.optional("eventId", message.eventId);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<ClaimTask> auto &message)
{
    visitor.field("task", message.task);
    visitor.optional("by", message.by);
    visitor.optional("gives", message.gives);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<ReassignTask> auto &message)
{
    visitor.field("task", message.task);
    visitor.optional("from", message.from);
    visitor.field("to", message.to);
    visitor.optional("reason", message.reason);
    visitor.field("source", message.source);
}

void visitFields(auto &visitor, Either<CommentTask> auto &message)
{
    visitor.field("task", message.task);
    visitor.optional("by", message.by);
    visitor.field("text", message.text);
    visitor.optional("question", message.question);
    visitor.field("source", message.source);
}

} // namespace engine
