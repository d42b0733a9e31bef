#pragma once

#include "engine/history/instance_summary.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <unordered_map>
#include <vector>

namespace monitor {

/// Joins bursts of changes: the first is passed on at once, what follows within a tenth of a second
/// together, each instance once with its newest state. Main thread.
class ChangeMerger : public QObject
{
    Q_OBJECT

public:
    explicit ChangeMerger(QObject *parent = nullptr);

    void add(const std::vector<engine::InstanceSummary> &changes);

Q_SIGNALS:
    void merged(const std::vector<engine::InstanceSummary> &changes);

private:
    void pass();

    std::vector<engine::InstanceSummary> m_waiting; ///< in order of their first change
    std::unordered_map<engine::RunKey, std::size_t> m_places;
    QElapsedTimer m_sincePass;
    QTimer m_timer;
};

} // namespace monitor
