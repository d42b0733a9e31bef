#pragma once

#include "monitor/diagram.h"

#include <QString>
#include <QWidget>

#include <string>

class QStackedWidget;

namespace engine {
struct InstanceSummary;
}

namespace monitor {

class CountModel;
class Feed;
class FlowBook;
class InstanceListView;
class InstanceView;
class InboxView;
class TaskFeed;

/// All that app knows of the monitor: the page with list and instance, and the same two as parts to
/// place beside a canvas or in a tab. Main thread; the feed outlives it.
class MonitorPage : public QWidget
{
    Q_OBJECT

public:
    MonitorPage(Feed &feed, MakeDiagram makeDiagram, QWidget *parent = nullptr);

    /// The address shown in terminal texts, `http://127.0.0.1:7071`.
    void setRestUrl(const QString &url) { m_restUrl = url; }
    /// Shows an instance on this page and chooses its row.
    void open(const engine::InstanceId &instance);
    /// A list of the instances of `flow`, to place elsewhere. Raising works in it; what it opens
    /// and starts comes as openChosen() and startChosen() of the list.
    InstanceListView *makeList(const engine::FlowId &flow, QWidget *parent);
    /// An instance, to place elsewhere.
    InstanceView *makeInstance(const engine::InstanceId &instance, QWidget *parent);
    /// What waits for people, to place elsewhere; `user` answers. The tasks outlive it.
    InboxView *makeInbox(TaskFeed &tasks, const std::string &user, QWidget *parent);
    CountModel &counts() { return *m_counts; }

Q_SIGNALS:
    void startChosen(const engine::FlowId &flow);
    /// Something to tell in passing.
    void said(const QString &sentence);

private:
    void raise(InstanceListView &list, const engine::InstanceId &instance);

    Feed &m_feed;
    MakeDiagram m_makeDiagram;
    QString m_restUrl;
    CountModel *m_counts;
    FlowBook *m_flows;
    InstanceListView *m_list;
    QStackedWidget *m_stack;
    InstanceView *m_instance = nullptr;
};

} // namespace monitor
