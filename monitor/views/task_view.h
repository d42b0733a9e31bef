#pragma once

#include "engine/door/tasks_door.h"
#include "monitor/engine_feed/feed.h"
#include "monitor/models/task_model.h"

#include <QWidget>

#include <map>
#include <optional>
#include <string>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace app {
class Field;
class JsonEditor;
} // namespace app

namespace monitor {

class FlowBook;
class TaskFeed;
class TaskHead;

/// One task of the inbox: what is asked, of whom, what has happened to it; and where it is
/// answered, commented, claimed and given to others. What is typed stays with its task. Main
/// thread.
class TaskView : public QWidget
{
    Q_OBJECT

public:
    TaskView(TaskFeed &feed, FlowBook &flows, std::string user, QWidget *parent = nullptr);

    void showTask(const TaskRow &row);
    const std::optional<engine::TaskId> &task() const { return m_task; }
    QString comment() const;
    /// What the form holds; `null` where there is none, nothing where it is wrong.
    std::optional<engine::JsonText> data() const;
    /// Whether there is a form that nobody has looked into yet.
    bool hasUntouchedForm() const;
    /// What is typed for a task is not needed any more.
    void forget(const engine::TaskId &task);

    void focusComment();
    /// An answer needs what is not there yet: says so and goes there.
    void askForComment(const engine::ApprovalOutcome &outcome);
    /// As long as nothing is changed, the next answer takes the form as it is.
    void askForData();
    void openReassigning();

Q_SIGNALS:
    void outcomeChosen(const std::string &outcome);
    void instanceChosen(const engine::InstanceId &instance);
    /// Escape: back to the list.
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void makeAnswer(QVBoxLayout &column);
    void makeActions(QVBoxLayout &column);
    void makeReassigning(QVBoxLayout &column);
    void ask();
    void follow(const std::vector<engine::InstanceSummary> &instances);
    void takeDetail(const engine::TaskDetail &detail);
    void showRow();
    void showOutcomes(const engine::ApprovalStep &approval);
    void showForm(const engine::ApprovalStep &approval);
    void showHistory(const engine::TaskDetail &detail);
    void showDraft();
    void say(bool question);
    void claim();
    void reassign();
    /// What is done with the answer to a request: nothing, or its sentence below the buttons. Until
    /// then there is no other request.
    Answer<engine::Acceptance> told();
    void showProblem(const QString &problem);
    void icons();
    const engine::ApprovalStep *approval() const;
    const engine::Flow *flow() const;

    struct Draft {
        QString comment;
        QString data;
    };

    TaskFeed &m_feed;
    FlowBook &m_flows;
    std::string m_user;
    std::optional<engine::TaskId> m_task;
    TaskRow m_row;
    std::map<engine::TaskId, Draft> m_drafts;
    std::vector<engine::ApprovalOutcome> m_shownOutcomes;
    std::optional<engine::JsonText> m_shownForm;
    bool m_busy = false; ///< a request is on its way

    TaskHead *m_head = nullptr;
    QWidget *m_answer = nullptr; ///< hidden once the task is closed
    app::JsonEditor *m_form = nullptr;
    QLabel *m_formHead = nullptr;
    QPlainTextEdit *m_comment = nullptr;
    app::Field *m_commentField = nullptr;
    QHBoxLayout *m_outcomes = nullptr;
    std::vector<QPushButton *> m_outcomeButtons;
    QPushButton *m_askBack = nullptr;
    QPushButton *m_say = nullptr;
    QPushButton *m_reassign = nullptr;
    QPushButton *m_claim = nullptr;
    QWidget *m_reassigning = nullptr;
    QLineEdit *m_people = nullptr;
    QLabel *m_problem = nullptr;
    QLabel *m_history = nullptr;
};

} // namespace monitor
