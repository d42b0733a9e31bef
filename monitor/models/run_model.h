#pragma once

#include "engine/door/door.h"
#include "engine/history/instance_summary.h"
#include "engine/history/run_progress.h"

#include <QObject>

#include <unordered_map>
#include <vector>

namespace monitor {

class Feed;

/// One instance as it lives: summary, history and how far it is; follows a new run of the same id.
/// Main thread.
class RunModel : public QObject
{
    Q_OBJECT

public:
    RunModel(Feed &feed, engine::InstanceId instance, QObject *parent = nullptr);

    const engine::InstanceId &instance() const { return m_instance; }
    /// Whether the first answer is here.
    bool isKnown() const { return m_summary.run.value != 0; }
    const engine::InstanceSummary &summary() const { return m_summary; }
    const std::vector<engine::HistoryEvent> &events() const { return m_events; }
    const engine::RunProgress &progress() const { return m_progress; }
    /// The step that a fact is about, also where it names another fact; or empty.
    engine::StepId stepOf(const engine::HistoryEvent &event) const;
    /// nullptr: no such fact is loaded.
    const engine::HistoryEvent *eventAt(engine::Sequence sequence) const;

Q_SIGNALS:
    void summaryChanged();
    /// Before and after rows are added at the end of events().
    void eventsComing(int first, int last);
    void eventsAdded(int first, int last);
    /// Another run took over: all events are gone.
    void restarted();
    void progressChanged();
    void failed(const QString &problem);

private:
    void ask();
    void take(engine::InstanceHistory page);
    void takeEvents(std::vector<engine::HistoryEvent> events);
    void changed(const std::vector<engine::InstanceSummary> &instances);

    Feed &m_feed;
    engine::InstanceId m_instance;
    engine::InstanceSummary m_summary;
    std::vector<engine::HistoryEvent> m_events;
    engine::RunProgress m_progress;
    bool m_asking = false;
    bool m_askAgain = false;
};

} // namespace monitor
