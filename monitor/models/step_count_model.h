#pragma once

#include "engine/history/instance_summary.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <set>
#include <string>

namespace monitor {

class Feed;

/// How many instances stand on a step.
struct StepCount {
    int waiting = 0;
    int running = 0;

    bool operator==(const StepCount &) const = default;
};

/// How many live instances of one flow stand on which of its steps, whatever their version. Reads
/// them page by page, then follows the feed; tells at most twice a second. An instance counts where
/// its first branch stands. Main thread.
class StepCountModel : public QObject
{
    Q_OBJECT

public:
    using Counts = std::map<engine::StepId, StepCount>;

    explicit StepCountModel(Feed &feed, QObject *parent = nullptr);

    /// An empty id: no flow, no counts.
    void setFlow(const engine::FlowId &flow);
    const engine::FlowId &flow() const { return m_flow; }
    const Counts &counts() const { return m_counts; }

Q_SIGNALS:
    void changed();

private:
    struct Place {
        engine::StepId step;
        bool waiting = false;
    };

    void ask(const std::string &after);
    void apply(const engine::InstanceSummary &instance, bool newest);
    void count(const Place &place, int by);
    void tell();

    Feed &m_feed;
    engine::FlowId m_flow;
    std::map<engine::RunKey, Place> m_places;
    std::set<engine::RunKey> m_whileLoading; ///< runs that the feed has told of meanwhile
    Counts m_counts;
    int m_question = 0;
    bool m_loading = false;
    QTimer m_tellSoon;
};

} // namespace monitor
