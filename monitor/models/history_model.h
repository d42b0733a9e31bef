#pragma once

#include <QAbstractTableModel>

namespace engine {
struct Flow;
struct HistoryEvent;
} // namespace engine

namespace monitor {

class FlowBook;
class RunModel;

/// The log of one instance: a row a fact, oldest first. Main thread.
class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, At, Type, Step, Summary, ColumnCount };
    /// The step id of a row, as QString.
    static constexpr int StepRole = Qt::UserRole;

    HistoryModel(RunModel &run, FlowBook &flows, QObject *parent = nullptr);

    const engine::HistoryEvent &at(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant text(int row, Column column) const;
    const engine::Flow *flow() const;

    RunModel &m_run;
    FlowBook &m_flows;
    int m_rows = 0; ///< rows announced to views
};

/// One line about a fact: `PaymentConfirmed from rest`, `attempt 2 of 5 failed: HttpError`.
QString summaryOf(const engine::HistoryEvent &event, const engine::Flow *flow);

} // namespace monitor
