#pragma once

#include "designer/panels/problem_model.h"

#include <QStackedWidget>

class QTableView;

namespace app {
class EmptyState;
}

namespace designer {

/// The table of problems; a click or Enter jumps to the step, on the mend it asks for that.
class ProblemsPanel : public QStackedWidget
{
    Q_OBJECT

public:
    explicit ProblemsPanel(QWidget *parent = nullptr);

    void setProblems(
        const std::vector<engine::Problem> &problems, const ProblemModel::NameOf &nameOf);
    /// Selects the row behind the current one, from the last on the first, and jumps to its step.
    void next();

signals:
    /// Empty: it is about the flow as a whole.
    void stepChosen(const engine::StepId &step);
    /// The problem has a mend, and somebody wants it done.
    void mendChosen(const engine::Problem &problem);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index);

    ProblemModel m_model;
    QTableView *m_table;
    app::EmptyState *m_none;
};

} // namespace designer
