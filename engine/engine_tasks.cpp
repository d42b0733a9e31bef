#include "engine/engine_tasks.h"

#include "engine/base/overloaded.h"
#include "engine/flow_of_instance.h"
#include "engine/reader_questions.h"
#include "engine/store/commit_rules.h"

#include <algorithm>
#include <map>
#include <utility>

namespace engine {
namespace {

Error unknownTask(const TaskId &task)
{
    return {ErrorCode::NotFound, "there is no task " + toText(task), {}};
}

/// The task that a fact is about; 0: none.
Sequence taskOf(const Fact &fact)
{
    return std::visit(
        Overloaded{
            [](const AnyOf<TaskAnswered, TaskClosed, TaskClaimed, TaskReassigned, TaskCommented,
                TaskReminded, TaskEscalated> auto &one) { return one.task; },
            [](const TimerCreated &timer) {
                return timer.purpose == TimerPurpose::Due ? timer.about : Sequence{0};
            },
            [](const auto &) { return Sequence{0}; },
        },
        fact);
}

/// Gathers what a history says of one task.
class TaskStory
{
public:
    TaskStory(TaskDetail &detail, const TaskOpened &opened, Instant at)
        : m_detail(detail)
        , m_task(detail.summary.id.task)
        , m_row{.task = m_task,
              .branch = opened.branch,
              .step = opened.step,
              .title = opened.title,
              .assignees = opened.assignees,
              .openedAt = at}
    {}

    /// False when the task has come to its end.
    bool add(const HistoryEvent &event)
    {
        if (std::holds_alternative<EventRaised>(event.fact))
            m_raised.emplace(event.sequence, event);
        if (taskOf(event.fact) != m_task)
            return true;
        if (const auto *answered = std::get_if<TaskAnswered>(&event.fact)) {
            if (const auto raised = m_raised.find(answered->event); raised != m_raised.end())
                m_detail.events.push_back(raised->second);
        }
        m_detail.events.push_back(event);
        apply(m_row, event.fact);
        if (const auto *closed = std::get_if<TaskClosed>(&event.fact))
            m_detail.closed = *closed;
        return !m_detail.closed;
    }

    const TaskRow &row() const { return m_row; }

private:
    TaskDetail &m_detail;
    Sequence m_task;
    TaskRow m_row;
    std::map<Sequence, HistoryEvent> m_raised;
};

/// The approval as the flow of that version has it.
Result<ApprovalStep> approvalOf(Reader &reader, const InstanceSummary &owner, const StepId &step)
{
    const auto flow = flowOf(reader, owner);
    if (!flow)
        return flow.error();
    const Step *found = findStep(*flow, step);
    const auto *approval = found ? std::get_if<ApprovalStep>(&found->body) : nullptr;
    if (!approval)
        return Error{ErrorCode::Damaged,
            "flow '" + owner.flow.value + "' has no approval '" + step.value + "'", {}};
    return *approval;
}

Result<TaskDetail> detailOf(Reader &reader, const TaskId &task)
{
    const auto owner = reader.ownerOf(task.run);
    if (!owner)
        return owner.error();
    if (!*owner)
        return unknownTask(task);
    TaskDetail detail;
    detail.summary.id = task;
    std::optional<TaskStory> story;
    for (Sequence from = task.task; from != 0;) {
        const auto page = reader.history(task.run, from, longestPage);
        if (!page)
            return page.error();
        from = page->next;
        for (const HistoryEvent &event : page->events) {
            const auto *opened = std::get_if<TaskOpened>(&event.fact);
            if (!story && (!opened || event.sequence != task.task))
                return unknownTask(task);
            if (!story) {
                detail.text = opened->text;
                detail.events.push_back(event);
                story.emplace(detail, *opened, event.at);
            } else if (!story->add(event)) {
                from = 0;
                break;
            }
        }
    }
    if (!story)
        return unknownTask(task);
    detail.summary = engine::summaryOf(story->row(), task.run, (*owner)->instance, (*owner)->flow,
        (*owner)->version);
    auto approval = approvalOf(reader, **owner, detail.summary.step);
    if (!approval)
        return approval.error();
    detail.approval = *std::move(approval);
    return detail;
}

} // namespace

EngineTasks::EngineTasks(EngineLoop &loop, QueryThreads &queries)
    : m_loop(loop)
    , m_queries(queries)
{}

/// By its run: whose that is, the engine looks up.
template<typename Body>
void EngineTasks::order(const TaskId &task, Body body, Accepted answered)
{
    body.task = task.task;
    m_loop.inbox().submit({{}, task.run, std::move(body)},
        [answered = std::move(answered)](Result<engine::Accepted> result) {
            if (!result)
                return answered(result.error());
            answered(Acceptance{result->instance, result->run, result->duplicate});
        });
}

void EngineTasks::answer(AnswerRequest request, Accepted answered)
{
    order(request.task,
        AnswerTask{0, std::move(request.outcome), std::move(request.comment),
            std::move(request.data), std::move(request.by), std::move(request.eventId),
            std::move(request.source)},
        std::move(answered));
}

void EngineTasks::claim(ClaimRequest request, Accepted answered)
{
    order(request.task, ClaimTask{0, std::move(request.by), false, std::move(request.source)},
        std::move(answered));
}

void EngineTasks::giveBack(ClaimRequest request, Accepted answered)
{
    order(request.task, ClaimTask{0, std::move(request.by), true, std::move(request.source)},
        std::move(answered));
}

void EngineTasks::reassign(ReassignRequest request, Accepted answered)
{
    order(request.task,
        ReassignTask{0, std::move(request.from), std::move(request.to), std::move(request.reason),
            std::move(request.source)},
        std::move(answered));
}

void EngineTasks::comment(CommentRequest request, Accepted answered)
{
    order(request.task,
        CommentTask{0, std::move(request.by), std::move(request.text), request.question,
            std::move(request.source)},
        std::move(answered));
}

void EngineTasks::list(TaskListRequest request, std::function<void(Result<TaskPage>)> answered)
{
    m_queries.scan(
        [request = std::move(request)](Reader &reader) {
            return reader.tasks(
                request.filter, request.after, std::clamp(request.limit, 1, longestPage));
        },
        std::move(answered));
}

void EngineTasks::find(TaskId task, std::function<void(Result<TaskDetail>)> answered)
{
    m_queries.point(
        [task](Reader &reader) { return detailOf(reader, task); }, std::move(answered));
}

} // namespace engine
