#include "monitor/models/history_model.h"

#include "engine/history/history_event.h"
#include "monitor/models/flow_book.h"
#include "monitor/models/run_model.h"
#include "monitor/models/words.h"

#include <QDateTime>
#include <QLocale>

#include <array>

namespace monitor {

using namespace Qt::StringLiterals;

HistoryModel::HistoryModel(RunModel &run, FlowBook &flows, QObject *parent)
    : QAbstractTableModel(parent)
    , m_run(run)
    , m_flows(flows)
    , m_rows(static_cast<int>(run.events().size()))
{
    connect(&run, &RunModel::eventsComing, this,
        [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(&run, &RunModel::eventsAdded, this, [this](int, int last) {
        m_rows = last + 1;
        endInsertRows();
    });
    connect(&run, &RunModel::restarted, this, [this] {
        beginResetModel();
        m_rows = 0;
        endResetModel();
    });
    connect(&flows, &FlowBook::changed, this, [this] {
        if (m_rows > 0)
            Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
    });
}

const engine::HistoryEvent &HistoryModel::at(int row) const
{
    return m_run.events().at(static_cast<std::size_t>(row));
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const engine::Flow *HistoryModel::flow() const
{
    return m_flows.find(m_run.summary().flow, m_run.summary().version);
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), static_cast<Column>(index.column()));
    if (role == StepRole)
        return QString::fromStdString(m_run.stepOf(at(index.row())).value);
    if (role == Qt::ToolTipRole && index.column() == At)
        return exactTimeWord(at(index.row()).at);
    if (role == Qt::TextAlignmentRole && index.column() == Number)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant HistoryModel::text(int row, Column column) const
{
    const auto &event = at(row);
    switch (column) {
    case Number: return static_cast<qlonglong>(event.sequence);
    case At:
        return QLocale().toString(
            QDateTime::fromMSecsSinceEpoch(event.at.time_since_epoch().count()),
            u"d MMM HH:mm:ss.zzz"_s);
    case Type: {
        const auto name = engine::typeName(event.fact);
        return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    case Step: return stepWord(m_run.stepOf(event), flow());
    case Summary: return summaryOf(event, flow());
    case ColumnCount: break;
    }
    return {};
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section >= ColumnCount)
        return {};
    const std::array<QString, ColumnCount> names{
        tr("#"), tr("Time"), tr("Event"), tr("Step"), tr("What happened")};
    return names.at(static_cast<std::size_t>(section));
}

} // namespace monitor
