#pragma once

#include "engine/history/instance_summary.h"
#include "engine/query/instance_query.h"

#include <QAbstractTableModel>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace monitor {

class Feed;

/// The instances under a filter, newest first: pages from the engine, kept live by its changes.
/// Rows change in place, so that selection and scroll position stay. Main thread.
class InstanceModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Status, Instance, Flow, StandsOn, Changed, Until, CustomStatus, ColumnCount };

    explicit InstanceModel(Feed &feed, QObject *parent = nullptr);

    /// Shows what matches from now on; the present rows stay until the answer is here.
    void setFilter(const engine::InstanceFilter &filter, const engine::InstanceQuery &query = {});
    const engine::InstanceFilter &filter() const { return m_filter; }
    const engine::InstanceSummary &at(int row) const;
    /// -1: not among the rows that are loaded.
    int rowOf(const engine::InstanceId &instance) const;
    bool isLoading() const { return m_loading; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// The first page under a new filter is here.
    void loaded();
    /// The engine could not answer: one sentence.
    void failed(const QString &problem);

private:
    void ask(const std::string &after);
    void takeFirst(engine::InstancePage page);
    void takeMore(engine::InstancePage page);
    void apply(const std::vector<engine::InstanceSummary> &changes);
    void applyOne(const engine::InstanceSummary &change);
    void insertRow(const engine::InstanceSummary &summary);
    void removeRow(int row);
    std::optional<int> rowOf(engine::RunKey run) const;
    bool isShown(const engine::InstanceSummary &summary) const;

    Feed &m_feed;
    engine::InstanceFilter m_filter;
    engine::InstanceQuery m_query;
    std::vector<engine::InstanceSummary> m_rows; ///< by run, descending
    std::unordered_map<engine::InstanceId, engine::RunKey> m_runs;
    std::string m_next; ///< place of the next page, empty at the end
    bool m_loading = false;
    int m_question = 0; ///< answers to older questions are dropped
    std::vector<engine::InstanceSummary> m_whileLoading;
};

} // namespace monitor
