#pragma once

#include "engine/door/tasks_door.h"

#include <QAbstractListModel>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace engine {
struct Flow;
}

namespace monitor {

class FlowBook;
class TaskFeed;

/// A task in the inbox.
struct TaskRow {
    engine::TaskSummary task;
    QString problem;       ///< why the last answer was refused, or why it is closed; or empty
    bool isClosed = false; ///< it can no longer be answered

    bool operator==(const TaskRow &) const = default;
};

/// What somebody answers.
struct TaskReply {
    engine::TaskId task;
    std::string outcome;
    std::string comment;
    engine::JsonText data;
};

/// The open tasks by when they are due, kept live by the engine's changes: rows change in place.
/// What is answered leaves at once, and comes back with the reason if it is refused. Main thread.
class TaskModel : public QAbstractListModel
{
    Q_OBJECT

public:
    /// `user` answers. Feed and book outlive the model.
    TaskModel(TaskFeed &feed, FlowBook &flows, std::string user, QObject *parent = nullptr);

    const TaskRow &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// -1: it is not among the rows that are loaded.
    int rowOf(const engine::TaskId &task) const;
    /// nullptr: not known yet; dataChanged() comes when it is.
    const engine::ApprovalStep *approvalOf(int row) const;
    const engine::Flow *flowOf(int row) const;
    /// How many are open, without those that are being answered.
    qint64 open() const { return m_open - static_cast<qint64>(m_leaving.size()); }
    bool isLoading() const { return !m_loaded; }

    /// The row that somebody looks at: it stays when it is closed, until somebody looks elsewhere.
    void watch(std::optional<engine::TaskId> task);
    /// Sends it; its row leaves at once.
    void answer(const TaskReply &reply);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void openChanged();
    /// The engine could not answer: one sentence.
    void failed(const QString &problem);
    void accepted(const engine::TaskId &task, const QString &title, const QString &outcome);
    void refused(const engine::TaskId &task);

private:
    void ask();
    void take(const engine::TaskPage &page);
    void dropMissing(const std::vector<engine::TaskSummary> &tasks);
    void place(const engine::TaskSummary &task, int row);
    void close(int row);
    void insert(int row, TaskRow added);
    void remove(int row);
    void change(int row, TaskRow changed);
    void takeBack(TaskRow row, const engine::Error &error);

    TaskFeed &m_feed;
    FlowBook &m_flows;
    std::string m_user;
    std::vector<TaskRow> m_rows;
    std::map<engine::TaskId, TaskRow> m_leaving; ///< answered, not known to be accepted
    std::optional<engine::TaskId> m_watched;
    qint64 m_open = 0;
    int m_wanted = 0; ///< so many rows at most
    bool m_hasMore = false;
    bool m_loaded = false;
    bool m_asking = false;
    bool m_askAgain = false;
    int m_question = 0; ///< answers to older questions are dropped
};

} // namespace monitor
