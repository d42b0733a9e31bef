#pragma once

#include "monitor/engine_feed/task_feed.h"

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// A feed of tasks that keeps the questions; a test answers them when it wants to.
class FakeTaskFeed final : public monitor::TaskFeed
{
public:
    using Done = monitor::Answer<engine::Acceptance>;

    void list(
        engine::TaskListRequest, QObject *, monitor::Answer<engine::TaskPage> answered) override
    {
        lists.push_back(std::move(answered));
    }
    void find(engine::TaskId task, QObject *, monitor::Answer<engine::TaskDetail> answered) override
    {
        finds.emplace_back(task, std::move(answered));
    }
    void answer(engine::AnswerRequest request, QObject *, Done done) override
    {
        answers.emplace_back(std::move(request), std::move(done));
    }
    void claim(engine::ClaimRequest request, QObject *, Done done) override
    {
        claims.emplace_back(std::move(request), std::move(done));
    }
    void giveBack(engine::ClaimRequest request, QObject *, Done done) override
    {
        givenBack.emplace_back(std::move(request), std::move(done));
    }
    void reassign(engine::ReassignRequest request, QObject *, Done done) override
    {
        reassigned.emplace_back(std::move(request), std::move(done));
    }
    void comment(engine::CommentRequest request, QObject *, Done done) override
    {
        comments.emplace_back(std::move(request), std::move(done));
    }

    /// The open tasks, for the oldest question.
    void give(std::vector<engine::TaskSummary> tasks)
    {
        auto answered = std::move(lists.front());
        lists.pop_front();
        const auto open = static_cast<std::int64_t>(tasks.size());
        answered(engine::TaskPage{std::move(tasks), {}, open});
    }
    /// Something changed, and these are the open tasks now.
    void change(std::vector<engine::TaskSummary> tasks)
    {
        Q_EMIT changed({});
        give(std::move(tasks));
    }

    std::deque<monitor::Answer<engine::TaskPage>> lists;
    std::deque<std::pair<engine::TaskId, monitor::Answer<engine::TaskDetail>>> finds;
    std::deque<std::pair<engine::AnswerRequest, Done>> answers;
    std::deque<std::pair<engine::ClaimRequest, Done>> claims, givenBack;
    std::deque<std::pair<engine::ReassignRequest, Done>> reassigned;
    std::deque<std::pair<engine::CommentRequest, Done>> comments;
};

/// A flow with an approval that wants a comment to reject.
inline engine::FlowVersion expenseFlow()
{
    return {.flow = {"Expense"}, .version = 1, .text = R"({
  "signalbox": 1, "name": "Expense", "start": "review",
  "steps": {
    "review": { "kind": "approval", "name": "Manager OK", "due": "P2D", "default": "reject",
      "outcomes": {
        "approve": { "kind": "positive", "next": "paid" },
        "reject": { "kind": "negative", "requireComment": true, "next": "refused" },
        "later": { "next": "review" } } },
    "paid": { "kind": "end" }, "refused": { "kind": "end" } } })"};
}

/// An open task of it; `due` in minutes after an hour of old times.
inline engine::TaskSummary expense(int run, const std::string &title, int due)
{
    using namespace std::chrono_literals;
    return {.id = {{run}, 3},
        .instance = {"expense-" + std::to_string(run)},
        .flow = {"Expense"},
        .version = 1,
        .step = {"review"},
        .title = title,
        .assignees = {"ann"},
        .openedAt = engine::Instant(1h),
        .dueAt = engine::Instant(1h + std::chrono::minutes(due))};
}

} // namespace tests
