#include "monitor/monitor_page.h"

#include "monitor/models/count_model.h"
#include "monitor/models/flow_book.h"
#include "monitor/models/instance_model.h"
#include "monitor/models/words.h"
#include "monitor/views/inbox_view.h"
#include "monitor/views/instance_list_view.h"
#include "monitor/views/instance_view.h"
#include "monitor/views/raise_event_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>

#include <utility>

namespace monitor {

using namespace Qt::StringLiterals;

MonitorPage::MonitorPage(Feed &feed, MakeDiagram makeDiagram, QWidget *parent)
    : QWidget(parent)
    , m_feed(feed)
    , m_makeDiagram(std::move(makeDiagram))
    , m_counts(new CountModel(feed, this))
    , m_flows(new FlowBook(feed, this))
    , m_list(makeList({}, this))
    , m_stack(new QStackedWidget)
{
    auto *empty = new QLabel(tr("Choose an instance to see where it stands."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setProperty("role", u"text2"_s);
    m_stack->addWidget(empty);
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(m_list);
    split->addWidget(m_stack);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setHandleWidth(1);
    split->setSizes({360, 1000});
    split->setChildrenCollapsible(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);
    connect(m_list, &InstanceListView::openChosen, this, &MonitorPage::open);
    connect(m_list, &InstanceListView::startChosen, this, &MonitorPage::startChosen);
}

void MonitorPage::open(const engine::InstanceId &instance)
{
    m_list->choose(instance);
    if (m_instance && m_instance->instance() == instance)
        return;
    auto *shown = makeInstance(instance, this);
    m_stack->setCurrentIndex(m_stack->addWidget(shown));
    if (auto *before = std::exchange(m_instance, shown))
        before->deleteLater();
}

InstanceListView *MonitorPage::makeList(const engine::FlowId &flow, QWidget *parent)
{
    auto *list = new InstanceListView(m_feed, *m_counts, parent);
    list->setMinimumWidth(280);
    list->setFlow(flow);
    connect(list, &InstanceListView::raiseChosen, this,
        [this, list](const engine::InstanceId &instance) { raise(*list, instance); });
    return list;
}

InstanceView *MonitorPage::makeInstance(const engine::InstanceId &instance, QWidget *parent)
{
    const InstanceView::Parts parts{m_feed, *m_flows, m_makeDiagram, m_restUrl};
    auto *view = new InstanceView(parts, instance, parent);
    connect(view, &InstanceView::said, this, &MonitorPage::said);
    return view;
}

InboxView *MonitorPage::makeInbox(TaskFeed &tasks, const std::string &user, QWidget *parent)
{
    auto *inbox = new InboxView(tasks, *m_flows, user, parent);
    connect(inbox, &InboxView::said, this, &MonitorPage::said);
    return inbox;
}

void MonitorPage::raise(InstanceListView &list, const engine::InstanceId &instance)
{
    const int row = list.model().rowOf(instance);
    if (row < 0)
        return;
    const auto &summary = list.model().at(row);
    RaiseTarget target{.instance = instance,
        .flow = flowWord(summary),
        .declared = m_flows->find(summary.flow, summary.version),
        .restUrl = m_restUrl};
    if (summary.waiting && !summary.standsOn.empty())
        target.waitedFor.push_back(summary.standsOn);
    auto *dialog = new RaiseEventDialog(m_feed, target, &list);
    connect(dialog, &RaiseEventDialog::raised, this,
        [this](const engine::InstanceId &, const QString &name) {
            Q_EMIT said(tr("%1 raised").arg(name));
        });
    dialog->open();
}

} // namespace monitor
