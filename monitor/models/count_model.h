#pragma once

#include "engine/history/instance_summary.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace monitor {

class Feed;

/// How many instances each flow has in which state; asked again at most twice a second while
/// instances change. Main thread.
class CountModel : public QObject
{
    Q_OBJECT

public:
    explicit CountModel(Feed &feed, QObject *parent = nullptr);

    /// Of one flow, or of all for an empty id.
    engine::InstanceCounts of(const engine::FlowId &flow) const;

Q_SIGNALS:
    void changed();

private:
    void ask();

    Feed &m_feed;
    std::vector<engine::InstanceCounts> m_counts;
    QTimer m_timer;
};

/// All instances of a count.
std::int64_t total(const engine::InstanceCounts &counts);
/// Those that are not finished.
std::int64_t live(const engine::InstanceCounts &counts);

} // namespace monitor
