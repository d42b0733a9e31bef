#include "engine/store/sqlite/task_rows.h"

#include "engine/store/commit_rules.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <utility>

namespace engine {
namespace {

constexpr auto writeTask = R"(
    insert or replace into task (run, seq, branch, step, title, assignees, opened_at_ms, due_at_ms,
        claimed_by, asked_by, answers)
    values (:run, :seq, :branch, :step, :title, :assignees, :opened, :due, :claimed, :asked,
        :answers))";
constexpr auto readTask = R"(
    select seq, branch, step, title, assignees, opened_at_ms, due_at_ms, claimed_by, asked_by,
        answers
    from task where run = :run and seq = :seq)";
constexpr auto removeTask = "delete from task where run = :run and seq = :seq";
constexpr auto forgetTasks = "delete from task where run = :run";
constexpr auto clearTasks = "delete from task";
constexpr auto readPage = R"(
    select task.seq, branch, step, title, assignees, opened_at_ms, due_at_ms, claimed_by, asked_by,
        answers, task.run, instance.instance, instance.flow, instance.version
    from task join instance on instance.run = task.run
    where (due_at_ms, task.run, task.seq) > (:due, :run, :seq)
    order by due_at_ms, task.run, task.seq)";
constexpr auto countTasks = "select count(*) from task";

std::vector<std::string> namesIn(const std::string &text)
{
    const auto tree = nlohmann::json::parse(text, nullptr, false);
    std::vector<std::string> names;
    for (const auto &name : tree.is_array() ? tree : nlohmann::json::array())
        names.push_back(name.is_string() ? name.get<std::string>() : std::string());
    return names;
}

/// The columns that both selects begin with.
TaskRow taskFrom(const SqliteStatement &row)
{
    TaskRow task{.task = row.integer(0),
        .branch = {row.text(1)},
        .step = {row.text(2)},
        .title = row.text(3),
        .assignees = namesIn(row.text(4)),
        .openedAt = row.instant(5),
        .claimedBy = row.text(7),
        .askedBy = row.text(8),
        .answers = static_cast<int>(row.integer(9))};
    if (row.integer(6) != neverDue)
        task.dueAt = row.instant(6);
    return task;
}

} // namespace

TaskTable::TaskTable(SqliteSession &session)
    : m_write(session, writeTask)
    , m_read(session, readTask)
    , m_remove(session, removeTask)
    , m_forget(session, forgetTasks)
    , m_clear(session, clearTasks)
{}

void TaskTable::apply(RunKey run, const IndexChanges &changes)
{
    for (const Sequence task : changes.tasksClosed)
        m_remove.execute(run, task);
    for (const TaskChange &change : changes.tasksChanged) {
        auto row = m_read.first(taskFrom, run, change.task);
        if (!row)
            continue;
        engine::apply(*row, change.fact);
        write(run, *row);
    }
    for (const TaskRow &task : changes.tasksOpened)
        write(run, task);
}

void TaskTable::write(RunKey run, const TaskRow &row)
{
    m_write.execute(run, row.task, row.branch, row.step, row.title, JsonText::ofStrings(row.assignees).text(),
        row.openedAt, dueOrder(row.dueAt), row.claimedBy, row.askedBy, row.answers);
}

void TaskTable::forget(RunKey run) { m_forget.execute(run); }

void TaskTable::clear() { m_clear.execute(); }

TaskRows::TaskRows(SqliteSession &session)
    : m_page(session, readPage)
    , m_count(session, countTasks)
{}

std::vector<TaskSummary> TaskRows::read(
    const TaskFilter &filter, const std::optional<TaskPlace> &place, std::size_t count)
{
    std::vector<TaskSummary> tasks;
    const auto collect = [&](const SqliteStatement &row) {
        TaskSummary task =
            summaryOf(taskFrom(row), {row.integer(10)}, {row.text(11)}, {row.text(12)},
                static_cast<int>(row.integer(13)));
        if (matches(filter, task))
            tasks.push_back(std::move(task));
        return tasks.size() < count;
    };
    const TaskPlace from = place.value_or(TaskPlace{std::numeric_limits<std::int64_t>::min(), {}});
    m_page.each(collect, from.dueAt, from.id.run, from.id.task);
    return tasks;
}

std::int64_t TaskRows::count()
{
    return m_count.first([](const SqliteStatement &row) { return row.integer(0); }).value_or(0);
}

} // namespace engine
