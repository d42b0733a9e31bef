#pragma once

#include "engine/base/ids.h"
#include "engine/model/step.h"

#include <QTimer>
#include <QWidget>

#include <string>

class QListView;
class QStackedWidget;

namespace app {
class EmptyState;
}

namespace monitor {

class FlowBook;
class TaskDelegate;
class TaskFeed;
class TaskModel;
class TaskView;

/// The inbox: what waits for a person, by when it is due, and the task in hand beside it. Keys: J
/// and K move, A and R give the first positive and the first negative answer, C comments, E
/// reassigns. Main thread.
class InboxView : public QWidget
{
    Q_OBJECT

public:
    /// `user` answers. Feed and book outlive the view.
    InboxView(TaskFeed &feed, FlowBook &flows, const std::string &user, QWidget *parent = nullptr);

    TaskModel &model() { return *m_model; }
    /// How many tasks are open.
    qint64 open() const;

Q_SIGNALS:
    void openChanged();
    void instanceChosen(const engine::InstanceId &instance);
    /// Something to tell in passing.
    void said(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeList();
    void connectParts();
    bool takeKey(const QKeyEvent &event);
    void move(int by);
    void showCurrent();
    void showEmptiness();
    void answerWith(engine::OutcomeKind kind);
    void answerFromRow(const std::string &outcome);
    void answer(const std::string &outcome);

    TaskModel *m_model;
    TaskDelegate *m_delegate;
    TaskView *m_task;
    QStackedWidget *m_stack = nullptr;
    QListView *m_list = nullptr;
    app::EmptyState *m_empty = nullptr;
    QTimer m_ages; ///< once a second, while shown: ages grow
};

} // namespace monitor
