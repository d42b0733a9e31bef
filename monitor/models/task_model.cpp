#include "monitor/models/task_model.h"

#include "monitor/engine_feed/task_feed.h"
#include "monitor/models/flow_book.h"
#include "monitor/models/task_words.h"

#include <QDateTime>

#include <algorithm>
#include <set>
#include <utility>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageLength = 100;
constexpr int mostRows = 1'000; // what the engine gives at once

engine::Instant now()
{
    return engine::Instant(engine::Milliseconds(QDateTime::currentMSecsSinceEpoch()));
}

/// Whether `one` stands before `other`: by when they are due, then by age.
bool isBefore(const engine::TaskSummary &one, const engine::TaskSummary &other)
{
    const auto key = [](const engine::TaskSummary &task) {
        return std::tuple(
            !task.dueAt, task.dueAt.value_or(engine::Instant()), task.openedAt, task.id);
    };
    return key(one) < key(other);
}

} // namespace

TaskModel::TaskModel(TaskFeed &feed, FlowBook &flows, std::string user, QObject *parent)
    : QAbstractListModel(parent)
    , m_feed(feed)
    , m_flows(flows)
    , m_user(std::move(user))
    , m_wanted(pageLength)
{
    connect(&feed, &TaskFeed::changed, this, &TaskModel::ask);
    connect(&flows, &FlowBook::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
    });
    ask();
}

int TaskModel::rowOf(const engine::TaskId &task) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const TaskRow &row) { return row.task.id == task; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

const engine::Flow *TaskModel::flowOf(int row) const
{
    return m_flows.find(at(row).task.flow, at(row).task.version);
}

const engine::ApprovalStep *TaskModel::approvalOf(int row) const
{
    const engine::Flow *flow = flowOf(row);
    const engine::Step *step = flow ? engine::findStep(*flow, at(row).task.step) : nullptr;
    return step ? std::get_if<engine::ApprovalStep>(&step->body) : nullptr;
}

int TaskModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TaskModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TaskRow &row = at(index.row());
    switch (role) {
    case Qt::DisplayRole: return QString::fromStdString(row.task.title);
    case Qt::AccessibleTextRole: {
        QStringList parts{QString::fromStdString(row.task.title),
            placeWord(row.task, flowOf(index.row())), dueWord(row.task, now()),
            peopleWord(row.task)};
        if (!row.problem.isEmpty())
            parts += row.problem;
        return parts.join(u", "_s);
    }
    case Qt::ToolTipRole: return row.problem;
    default: return {};
    }
}

bool TaskModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore && m_wanted < mostRows;
}

void TaskModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_wanted = std::min(m_wanted + pageLength, mostRows);
    ask();
}

void TaskModel::ask()
{
    m_askAgain = m_asking;
    if (m_asking)
        return;
    m_asking = true;
    m_feed.list({.filter = {}, .after = {}, .limit = m_wanted}, this,
        [this, question = m_question](engine::Result<engine::TaskPage> page) {
            m_asking = false;
            if (!page)
                Q_EMIT failed(QString::fromStdString(page.error().message));
            else if (question == m_question)
                take(*page);
            else
                m_askAgain = true; // it was read before what has happened since
            if (m_askAgain)
                ask();
        });
}

void TaskModel::take(const engine::TaskPage &page)
{
    std::vector<engine::TaskSummary> tasks = page.tasks;
    std::erase_if(tasks, [this](const auto &task) { return m_leaving.contains(task.id); });
    dropMissing(tasks);
    int row = 0;
    for (const engine::TaskSummary &task : tasks) {
        while (row < rowCount() && at(row).isClosed)
            ++row;
        place(task, row++);
    }
    m_hasMore = !page.next.empty();
    m_open = page.open;
    m_loaded = true;
    Q_EMIT openChanged();
}

void TaskModel::dropMissing(const std::vector<engine::TaskSummary> &tasks)
{
    std::set<engine::TaskId> present;
    for (const auto &task : tasks)
        present.insert(task.id);
    for (int row = rowCount() - 1; row >= 0; --row) {
        const TaskRow &one = at(row);
        if (present.contains(one.task.id) || one.isClosed)
            continue;
        if (m_watched == one.task.id || !one.problem.isEmpty())
            close(row);
        else
            remove(row);
    }
}

/// Puts `task` at `row`, wherever it was.
void TaskModel::place(const engine::TaskSummary &task, int row)
{
    const int from = rowOf(task.id);
    if (from < 0)
        return insert(row, {task, {}, false});
    if (from > row) {
        beginMoveRows({}, from, from, {}, row);
        const auto first = m_rows.begin() + row;
        std::rotate(first, m_rows.begin() + from, m_rows.begin() + from + 1);
        endMoveRows();
    }
    change(row, {task, at(row).problem, false});
}

/// It is open no longer; the engine says why.
void TaskModel::close(int row)
{
    TaskRow closed = at(row);
    closed.isClosed = true;
    if (closed.problem.isEmpty())
        closed.problem = tr("It is no longer open.");
    const engine::TaskId task = closed.task.id;
    change(row, std::move(closed));
    m_feed.find(task, this, [this, task](engine::Result<engine::TaskDetail> detail) {
        const int found = rowOf(task);
        if (found < 0 || !detail || !detail->closed)
            return;
        TaskRow told = at(found);
        told.problem = closedWord(*detail);
        change(found, std::move(told));
    });
}

void TaskModel::insert(int row, TaskRow added)
{
    beginInsertRows({}, row, row);
    m_rows.insert(m_rows.begin() + row, std::move(added));
    endInsertRows();
    flowOf(row); // so that it is known when somebody answers
}

void TaskModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void TaskModel::change(int row, TaskRow changed)
{
    TaskRow &present = m_rows[static_cast<std::size_t>(row)];
    if (present == changed)
        return;
    present = std::move(changed);
    Q_EMIT dataChanged(index(row), index(row));
}

void TaskModel::watch(std::optional<engine::TaskId> task)
{
    const auto before = std::exchange(m_watched, task);
    if (!before || before == task)
        return;
    if (const int row = rowOf(*before); row >= 0 && at(row).isClosed)
        remove(row);
}

void TaskModel::answer(const TaskReply &reply)
{
    const int row = rowOf(reply.task);
    if (row < 0 || at(row).isClosed)
        return;
    TaskRow leaving = at(row);
    leaving.problem.clear();
    m_leaving.insert_or_assign(reply.task, leaving);
    remove(row);
    Q_EMIT openChanged();
    engine::AnswerRequest request{.task = reply.task,
        .outcome = reply.outcome,
        .comment = reply.comment,
        .data = reply.data,
        .by = m_user,
        .source = {.via = "window", .who = m_user}};
    const QString outcome = QString::fromStdString(reply.outcome);
    m_feed.answer(std::move(request), this,
        [this, leaving, outcome](const engine::Result<engine::Acceptance> &accepted) {
            m_leaving.erase(leaving.task.id);
            ++m_question; // what was read before this is no longer true
            if (accepted)
                Q_EMIT this->accepted(
                    leaving.task.id, QString::fromStdString(leaving.task.title), outcome);
            else
                takeBack(leaving, accepted.error());
            ask();
        });
}

void TaskModel::takeBack(TaskRow row, const engine::Error &error)
{
    row.problem = QString::fromStdString(error.message);
    const auto after = std::ranges::find_if(
        m_rows, [&](const TaskRow &other) { return isBefore(row.task, other.task); });
    const engine::TaskId task = row.task.id;
    insert(static_cast<int>(after - m_rows.begin()), std::move(row));
    Q_EMIT openChanged();
    Q_EMIT refused(task);
}

} // namespace monitor
