#pragma once

#include "designer/panels/problem_model.h"

#include <QStackedWidget>

class QTableView;

namespace app {
class EmptyState;
}

namespace designer {

/// The table of problems; a click or Enter jumps to the step.
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

private:
    ProblemModel m_model;
    QTableView *m_table;
    app::EmptyState *m_none;
};

} // namespace designer
