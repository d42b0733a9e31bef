#pragma once

#include "engine/base/ids.h"

#include <QObject>
#include <QPointer>

namespace designer {
class DesignerPage;
}
namespace monitor {
class InboxView;
class InstanceListView;
class MonitorPage;
class StepCountModel;
} // namespace monitor

namespace app {

class CenterArea;
class Dialogs;
class EngineRoom;

/// What the window shows of the running side: the list of instances beside a flow, the monitor and
/// single instances as tabs, the start dialog. Empty until the engine is open. Main thread.
class RunPlace : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        EngineRoom &room;
        CenterArea &center;
        Dialogs &dialogs;
        QWidget *window;
    };

    explicit RunPlace(const Parts &parts, QObject *parent = nullptr);

    /// The engine is open: the list beside the flow gets alive.
    void begin();
    /// Says in the place of the list why there is none.
    void showProblem(const QString &problem);
    void showFlow(const engine::FlowId &flow);
    void openMonitor();
    void openInbox();
    /// Shows what was in front of our pages the last time, or the monitor.
    void comeToFront();
    void openInstance(const engine::InstanceId &instance);
    /// The start dialog for the newest version of `flow`.
    void start(const engine::FlowId &flow);
    /// Tells the page its newest deployed version, if that is the text it shows.
    void tellDeployedVersion(designer::DesignerPage &page);
    /// How many tasks wait for people.
    qint64 openTasks() const;
    bool isInbox(const QWidget *page) const;
    qint64 live(const engine::FlowId &flow) const;
    /// Shows on the page's canvas how many instances stand on each step.
    void showLive(designer::DesignerPage &page) const;
    /// Whether `page` is one of ours.
    bool owns(const QWidget *page) const;

signals:
    void said(const QString &sentence);
    void countsChanged();
    void openTasksChanged();
    void stepCountsChanged();
    void openAgainAsked();

private:
    void openStartDialog(const engine::FlowId &flow, int version, const std::string &text);
    void beginInbox();
    void showOpenTasks();
    void closePage(QWidget *page);

    Parts m_parts;
    monitor::MonitorPage *m_monitor = nullptr;  ///< ours; in a tab while it is open
    monitor::InboxView *m_inbox = nullptr;      ///< as the monitor
    monitor::StepCountModel *m_steps = nullptr; ///< of the flow in front
    QPointer<monitor::InstanceListView> m_list;
    QPointer<QWidget> m_front; ///< the one of our pages that was in front last
    engine::FlowId m_flow;
};

} // namespace app
