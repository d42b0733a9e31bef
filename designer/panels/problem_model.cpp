#include "designer/panels/problem_model.h"

#include "app/widgets/icons.h"
#include "designer/panels/problem_text.h"

#include <algorithm>

namespace designer {
namespace {

QIcon iconOf(engine::Severity severity)
{
    switch (severity) {
    case engine::Severity::Error: return app::icon(QStringLiteral("problem"), app::Color::Failed);
    case engine::Severity::Warning:
        return app::icon(QStringLiteral("warning"), app::Color::Waiting);
    case engine::Severity::Hint: break;
    }
    return app::icon(QStringLiteral("info"), app::Color::Accent);
}

} // namespace

ProblemModel::ProblemModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

const engine::Problem &ProblemModel::problem(int row) const
{
    return m_rows.at(static_cast<std::size_t>(row)).problem;
}

void ProblemModel::setProblems(const std::vector<engine::Problem> &problems, const NameOf &nameOf)
{
    std::vector<Row> rows;
    for (const engine::Problem &problem : problems)
        rows.push_back({problem, nameOf(problem.step)});
    const auto [oldBegin, newBegin] = std::ranges::mismatch(m_rows, rows);
    const auto same = oldBegin - m_rows.begin();
    std::ptrdiff_t tail = 0;
    const auto most = static_cast<std::ptrdiff_t>(std::min(m_rows.size(), rows.size())) - same;
    while (tail < most && *(m_rows.rbegin() + tail) == *(rows.rbegin() + tail))
        ++tail;
    const auto oldEnd = static_cast<std::ptrdiff_t>(m_rows.size()) - tail;
    const auto newEnd = static_cast<std::ptrdiff_t>(rows.size()) - tail;
    if (oldEnd > same) {
        beginRemoveRows({}, static_cast<int>(same), static_cast<int>(oldEnd) - 1);
        m_rows.erase(m_rows.begin() + same, m_rows.begin() + oldEnd);
        endRemoveRows();
    }
    if (newEnd > same) {
        beginInsertRows({}, static_cast<int>(same), static_cast<int>(newEnd) - 1);
        m_rows.insert(m_rows.begin() + same, rows.begin() + same, rows.begin() + newEnd);
        endInsertRows();
    }
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProblemModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        if (index.column() == Sentence)
            return problemText(row.problem);
        if (index.column() == Mending)
            return row.problem.mend ? mendText(*row.problem.mend) : QString();
        return row.problem.step.empty() ? tr("Flow") : row.stepName;
    }
    if (role == Qt::DecorationRole && index.column() == Sentence)
        return iconOf(row.problem.severity);
    if (role == Qt::ForegroundRole && index.column() == StepName)
        return app::color(app::Color::Text3);
    if (role == Qt::ForegroundRole && index.column() == Mending)
        return app::color(app::Color::Accent);
    return {};
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    return section == Sentence ? tr("Problem") : section == StepName ? tr("Step") : tr("Mend");
}

} // namespace designer
