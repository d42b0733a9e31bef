#pragma once

#include "engine/base/result.h"
#include "engine/history/history_event.h"
#include "engine/history/task_summary.h"
#include "engine/model/step.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace engine {

struct Acceptance;

/// One answer to a task (semantics 6.3).
struct AnswerRequest {
    TaskId task;
    std::string outcome;
    std::string comment;
    JsonText data;  ///< of the form, or `null`
    std::string by; ///< empty: the source's name
    std::optional<std::string> eventId; ///< the same again is the same answer
    Source source;
};

struct ClaimRequest {
    TaskId task;
    std::string by; ///< empty: the source's name
    Source source;
};

struct ReassignRequest {
    TaskId task;
    std::string from; ///< empty: all who have not answered
    std::vector<std::string> to;
    std::string reason;
    Source source;
};

struct CommentRequest {
    TaskId task;
    std::string by; ///< empty: the source's name
    std::string text;
    bool question = false;
    Source source;
};

struct TaskListRequest {
    TaskFilter filter;
    std::string after; ///< TaskPage::next of the page before, or empty
    int limit = 100;
};

/// A task with what an answer needs to know, and what has happened to it.
struct TaskDetail {
    TaskSummary summary;
    std::string text;
    ApprovalStep approval; ///< its outcomes, its form and its policy
    /// The facts about it, oldest first, and the events that were taken as its answers.
    std::vector<HistoryEvent> events;
    std::optional<TaskClosed> closed; ///< nothing: it is open
};

/// What people do with tasks. Refused are: NotFound, a task that there never was; WrongState, one that was
/// decided (with who and when) or that another has claimed; Finished, one that was closed otherwise;
/// NotAllowed, an answer of somebody who is not asked; InvalidArgument, one that the approval does not
/// understand. Any thread.
class TasksDoor
{
public:
    virtual ~TasksDoor() = default;
    using Accepted = std::function<void(Result<Acceptance>)>;

    virtual void answer(AnswerRequest request, Accepted answered) = 0;
    /// For oneself; and back again.
    virtual void claim(ClaimRequest request, Accepted answered) = 0;
    virtual void giveBack(ClaimRequest request, Accepted answered) = 0;
    virtual void reassign(ReassignRequest request, Accepted answered) = 0;
    virtual void comment(CommentRequest request, Accepted answered) = 0;
    /// Those that are open.
    virtual void list(
        TaskListRequest request, std::function<void(Result<TaskPage>)> answered) = 0;
    /// One of them, also when it is closed, as long as its instance is there.
    virtual void find(TaskId task, std::function<void(Result<TaskDetail>)> answered) = 0;
};

} // namespace engine
