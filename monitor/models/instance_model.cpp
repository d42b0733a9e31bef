#include "monitor/models/instance_model.h"

#include "monitor/engine_feed/feed.h"
#include "monitor/models/words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace monitor {

namespace {

constexpr int pageSize = 200;

auto placeOf(const std::vector<engine::InstanceSummary> &rows, engine::RunKey run)
{
    return std::ranges::lower_bound(
        rows, run, std::ranges::greater{}, &engine::InstanceSummary::run);
}

/// For a query that needs nothing else.
class ShownSummary final : public engine::QuerySubject
{
public:
    explicit ShownSummary(const engine::InstanceSummary &summary)
        : m_summary(summary)
    {}
    const engine::InstanceSummary &summary() const override { return m_summary; }
    std::vector<std::string> waits() override { return {}; }
    engine::Source startedBy() override { return {}; }
    engine::JsonText variables() override { return {}; }

private:
    const engine::InstanceSummary &m_summary;
};

} // namespace

InstanceModel::InstanceModel(Feed &feed, QObject *parent)
    : QAbstractTableModel(parent)
    , m_feed(feed)
{
    connect(&feed, &Feed::changed, this, &InstanceModel::apply);
    ask({});
}

void InstanceModel::setFilter(
    const engine::InstanceFilter &filter, const engine::InstanceQuery &query)
{
    m_filter = filter;
    m_query = query;
    m_whileLoading.clear();
    ask({});
}

const engine::InstanceSummary &InstanceModel::at(int row) const
{
    return m_rows.at(static_cast<std::size_t>(row));
}

int InstanceModel::rowOf(const engine::InstanceId &instance) const
{
    const auto run = m_runs.find(instance);
    return run == m_runs.end() ? -1 : rowOf(run->second).value_or(-1);
}

std::optional<int> InstanceModel::rowOf(engine::RunKey run) const
{
    const auto place = placeOf(m_rows, run);
    if (place == m_rows.end() || place->run != run)
        return std::nullopt;
    return static_cast<int>(place - m_rows.begin());
}

int InstanceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int InstanceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant InstanceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const auto &summary = at(index.row());
    switch (static_cast<Column>(index.column())) {
    case Status: return badgeOf(summary).text;
    case Instance: return QString::fromStdString(summary.instance.value);
    case Flow: return flowWord(summary);
    case StandsOn: return standsOnWord(summary);
    case Changed: return timeWord(summary.changedAt);
    case Until: return summary.standsUntil ? timeWord(*summary.standsUntil) : QString();
    case CustomStatus:
        return summary.customStatus.isNull() ? QString()
                                             : QString::fromStdString(summary.customStatus.text());
    case ColumnCount: break;
    }
    return {};
}

QVariant InstanceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section >= ColumnCount)
        return {};
    const std::array<QString, ColumnCount> names{tr("Status"), tr("Instance"), tr("Flow"),
        tr("Waits for, or what happened"), tr("Changed"), tr("Until"), tr("Custom status")};
    return names.at(static_cast<std::size_t>(section));
}

bool InstanceModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_loading && !m_next.empty();
}

void InstanceModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        ask(m_next);
}

void InstanceModel::ask(const std::string &after)
{
    m_loading = true;
    const auto question = ++m_question;
    m_feed.list({.filter = m_filter, .after = after, .limit = pageSize, .query = m_query}, this,
        [this, question, isFirst = after.empty()](engine::Result<engine::InstancePage> page) {
            if (question != m_question)
                return;
            m_loading = false;
            if (!page) {
                Q_EMIT failed(QString::fromStdString(page.error().message));
                return;
            }
            const bool isEmpty = page->instances.empty();
            if (isFirst)
                takeFirst(*std::move(page));
            else
                takeMore(*std::move(page));
            apply(std::exchange(m_whileLoading, {}));
            if (isEmpty && !m_next.empty())
                ask(m_next); // it took too long to look through more at once
            if (isFirst)
                Q_EMIT loaded();
        });
}

void InstanceModel::takeFirst(engine::InstancePage page)
{
    beginResetModel();
    m_rows = std::move(page.instances);
    m_next = std::move(page.next);
    m_runs.clear();
    for (const auto &row : m_rows)
        m_runs[row.instance] = row.run;
    endResetModel();
}

void InstanceModel::takeMore(engine::InstancePage page)
{
    m_next = std::move(page.next);
    for (const auto &row : page.instances)
        if (!rowOf(row.run))
            insertRow(row);
}

void InstanceModel::apply(const std::vector<engine::InstanceSummary> &changes)
{
    if (m_loading) {
        m_whileLoading.insert(m_whileLoading.end(), changes.begin(), changes.end());
        return;
    }
    for (const auto &change : changes)
        applyOne(change);
}

void InstanceModel::applyOne(const engine::InstanceSummary &change)
{
    // A finished id was started again: its old run is gone (semantics 1.5).
    if (const auto known = m_runs.find(change.instance);
        known != m_runs.end() && known->second < change.run)
        removeRow(*rowOf(known->second));
    const auto row = rowOf(change.run);
    if (change.purged) {
        if (row)
            removeRow(*row);
        return;
    }
    if (row && change.length < at(*row).length)
        return;
    const bool shows = isShown(change);
    if (row && shows) {
        m_rows[static_cast<std::size_t>(*row)] = change;
        Q_EMIT dataChanged(index(*row, 0), index(*row, ColumnCount - 1));
    } else if (row) {
        removeRow(*row);
    } else if (shows && (m_next.empty() || m_rows.empty() || m_rows.back().run < change.run)) {
        insertRow(change);
    }
}

/// What a query asks of histories is answered when it is asked: until then a row stays as it is.
bool InstanceModel::isShown(const engine::InstanceSummary &summary) const
{
    if (!engine::matches(m_filter, summary))
        return false;
    if (!engine::needsSummariesAlone(m_query))
        return rowOf(summary.run).has_value();
    ShownSummary subject(summary);
    return engine::matches(m_query, subject);
}

void InstanceModel::insertRow(const engine::InstanceSummary &summary)
{
    const auto place = placeOf(m_rows, summary.run);
    const auto row = static_cast<int>(place - m_rows.begin());
    beginInsertRows({}, row, row);
    m_rows.insert(place, summary);
    m_runs[summary.instance] = summary.run;
    endInsertRows();
}

void InstanceModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_runs.erase(at(row).instance);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

} // namespace monitor
