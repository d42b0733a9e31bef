#pragma once

#include "engine/model/step.h"
#include "monitor/models/task_model.h"

#include <QWidget>

#include <utility>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace app {
class BadgeLabel;
}

namespace monitor {

/// What is known about a task before it is answered: title, text, when it is due and what then, who is
/// asked. Main thread.
class TaskHead : public QWidget
{
    Q_OBJECT

public:
    explicit TaskHead(QWidget *parent = nullptr);

    /// `approval` and `flow` are nullptr while they are not known.
    void showTask(
        const TaskRow &row, const engine::ApprovalStep *approval, const engine::Flow *flow);
    void setText(const QString &text);

Q_SIGNALS:
    void instanceChosen();

private:
    void makeFacts(QVBoxLayout &column);
    void showFacts(const engine::TaskSummary &task, const engine::Flow *flow);

    QLabel *m_title;
    QLabel *m_text;
    app::BadgeLabel *m_due;
    QLabel *m_rules;
    std::vector<std::pair<QLabel *, QLabel *>> m_facts; ///< name and value
};

} // namespace monitor
