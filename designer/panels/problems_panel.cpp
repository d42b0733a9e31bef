#include "designer/panels/problems_panel.h"

#include "app/widgets/empty_state.h"
#include "app/widgets/theme.h"

#include <QHeaderView>
#include <QMouseEvent>
#include <QTableView>

#include <algorithm>

namespace designer {
namespace {

constexpr int rowHeight = 28;
constexpr int narrowest = 110;
constexpr int stepWidth = 180;
constexpr int mendWidth = 220;

} // namespace

ProblemsPanel::ProblemsPanel(QWidget *parent)
    : QStackedWidget(parent)
    , m_table(new QTableView(this))
    , m_none(new app::EmptyState(this))
{
    m_table->setObjectName(QStringLiteral("problems"));
    m_table->setAccessibleName(tr("Problems"));
    m_table->setModel(&m_model);
    app::setSurface(m_table, "panel");
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->horizontalHeader()->hide();
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->horizontalHeader()->setSectionResizeMode(ProblemModel::Sentence, QHeaderView::Stretch);
    m_table->setMouseTracking(true);
    m_table->viewport()->installEventFilter(this);
    m_none->setContent(QStringLiteral("tick"), tr("No problems: this flow can be deployed."));
    addWidget(m_none);
    addWidget(m_table);
    connect(m_table, &QTableView::clicked, this, &ProblemsPanel::choose);
    connect(m_table, &QTableView::activated, this, &ProblemsPanel::choose);
}

void ProblemsPanel::choose(const QModelIndex &index)
{
    const engine::Problem problem = m_model.problem(index.row()); // what is chosen may change it
    if (index.column() == ProblemModel::Mending && problem.mend)
        emit mendChosen(problem);
    else
        emit stepChosen(problem.step);
}

void ProblemsPanel::resizeEvent(QResizeEvent *event)
{
    QStackedWidget::resizeEvent(event);
    const int share = width() / 5; // the sentence has the rest
    m_table->setColumnWidth(ProblemModel::StepName, std::clamp(share, narrowest, stepWidth));
    m_table->setColumnWidth(ProblemModel::Mending, std::clamp(share, narrowest, mendWidth));
}

bool ProblemsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseMove) {
        const QModelIndex under =
            m_table->indexAt(static_cast<QMouseEvent *>(event)->position().toPoint());
        const bool link = under.column() == ProblemModel::Mending &&
                          m_model.problem(under.row()).mend.has_value();
        m_table->viewport()->setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
    return QStackedWidget::eventFilter(watched, event);
}

void ProblemsPanel::setProblems(
    const std::vector<engine::Problem> &problems, const ProblemModel::NameOf &nameOf)
{
    m_model.setProblems(problems, nameOf);
    setCurrentWidget(problems.empty() ? static_cast<QWidget *>(m_none) : m_table);
}

void ProblemsPanel::next()
{
    if (m_model.rowCount() == 0)
        return;
    const int row = (m_table->currentIndex().row() + 1) % m_model.rowCount();
    m_table->selectRow(row);
    emit stepChosen(m_model.problem(row).step);
}

} // namespace designer
