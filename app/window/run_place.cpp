#include "app/window/run_place.h"

#include "app/dialogs/dialogs.h"
#include "app/dialogs/start_dialog.h"
#include "app/engine_room.h"
#include "app/instance_diagram.h"
#include "app/system_user.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/theme.h"
#include "app/window/center_area.h"
#include "app/window/tab_group.h"
#include "designer/designer_page.h"
#include "engine/engine.h"
#include "engine/model/flow_reader.h"
#include "monitor/models/count_model.h"
#include "monitor/models/step_count_model.h"
#include "monitor/monitor_page.h"
#include "monitor/views/inbox_view.h"
#include "monitor/views/instance_list_view.h"
#include "monitor/views/instance_view.h"

#include <QLocale>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString nameOf(const engine::FlowId &flow) { return QString::fromStdString(flow.value); }

} // namespace

RunPlace::RunPlace(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    auto *starting = new EmptyState;
    starting->setContent(u"pulse"_s, tr("The engine is starting."));
    setSurface(starting, "panel");
    m_parts.center.setBeside(starting, u"pulse"_s, tr("Instances"));
    connect(&m_parts.center.tabs(), &TabGroup::closeAsked, this, &RunPlace::closePage);
    connect(&m_parts.center.tabs(), &TabGroup::pageChanged, this, [this](QWidget *page) {
        if (owns(page))
            m_front = page;
    });
}

void RunPlace::begin()
{
    m_monitor = new monitor::MonitorPage(*m_parts.room.feed(), makeInstanceDiagram, m_parts.window);
    m_monitor->hide();
    m_monitor->setRestUrl(m_parts.room.url());
    m_list = m_monitor->makeList(m_flow, nullptr);
    m_parts.center.setBeside(m_list, u"pulse"_s, tr("Instances"));
    connect(m_list, &monitor::InstanceListView::openChosen, this, &RunPlace::openInstance);
    connect(m_list, &monitor::InstanceListView::startChosen, this, &RunPlace::start);
    connect(m_monitor, &monitor::MonitorPage::startChosen, this, &RunPlace::start);
    connect(m_monitor, &monitor::MonitorPage::said, this, &RunPlace::said);
    connect(&m_monitor->counts(), &monitor::CountModel::changed, this, &RunPlace::countsChanged);
    m_steps = new monitor::StepCountModel(*m_parts.room.feed(), m_monitor);
    connect(m_steps, &monitor::StepCountModel::changed, this, &RunPlace::stepCountsChanged);
    m_steps->setFlow(m_flow);
    beginInbox();
}

void RunPlace::beginInbox()
{
    m_inbox = m_monitor->makeInbox(*m_parts.room.tasks(), systemUser(), m_parts.window);
    m_inbox->hide();
    connect(m_inbox, &monitor::InboxView::instanceChosen, this, &RunPlace::openInstance);
    connect(m_inbox, &monitor::InboxView::openChanged, this, &RunPlace::showOpenTasks);
}

void RunPlace::openInbox()
{
    if (!m_inbox)
        return;
    TabGroup &tabs = m_parts.center.tabs();
    if (tabs.indexOf(m_inbox) < 0)
        tabs.addPage(m_inbox, u"inbox"_s, tr("Approvals"));
    showOpenTasks();
    tabs.setCurrentWidget(m_inbox);
}

void RunPlace::showOpenTasks()
{
    TabGroup &tabs = m_parts.center.tabs();
    const qint64 open = m_inbox->open();
    if (tabs.indexOf(m_inbox) >= 0)
        //: Title of a tab; %1 is how many approvals are open.
        tabs.setTitle(
            m_inbox, open > 0 ? tr("Approvals %1").arg(QLocale().toString(open)) : tr("Approvals"));
    emit openTasksChanged();
}

qint64 RunPlace::openTasks() const { return m_inbox ? m_inbox->open() : 0; }

bool RunPlace::isInbox(const QWidget *page) const { return page && page == m_inbox; }

void RunPlace::showProblem(const QString &problem)
{
    auto *page = new EmptyState;
    page->setContent(u"problem"_s, problem, tr("Try again"));
    setSurface(page, "panel");
    connect(page, &EmptyState::actionChosen, this, &RunPlace::openAgainAsked);
    m_parts.center.setBeside(page, u"pulse"_s, tr("Instances"));
}

void RunPlace::showFlow(const engine::FlowId &flow)
{
    m_flow = flow;
    if (m_list)
        m_list->setFlow(flow);
    if (m_steps)
        m_steps->setFlow(flow);
}

void RunPlace::openMonitor()
{
    if (!m_monitor)
        return;
    TabGroup &tabs = m_parts.center.tabs();
    if (tabs.indexOf(m_monitor) < 0)
        tabs.addPage(m_monitor, u"monitor"_s, tr("Monitor"));
    tabs.setCurrentWidget(m_monitor);
}

void RunPlace::comeToFront()
{
    TabGroup &tabs = m_parts.center.tabs();
    if (m_front && tabs.indexOf(m_front) >= 0)
        return tabs.setCurrentWidget(m_front);
    openMonitor();
}

void RunPlace::openInstance(const engine::InstanceId &instance)
{
    if (!m_monitor)
        return;
    TabGroup &tabs = m_parts.center.tabs();
    for (int at = 0; at < tabs.count(); ++at)
        if (const auto *view = qobject_cast<monitor::InstanceView *>(tabs.widget(at)))
            if (view->instance() == instance)
                return tabs.setCurrentIndex(at);
    auto *view = m_monitor->makeInstance(instance, &tabs);
    tabs.addPage(view, u"pulse"_s, QString::fromStdString(instance.value));
    tabs.setCurrentWidget(view);
}

void RunPlace::start(const engine::FlowId &flow)
{
    engine::Engine *engine = m_parts.room.engine();
    if (!engine)
        return;
    engine->flows().then(
        this, [this, flow](engine::Result<std::vector<engine::FlowVersion>> result) {
            if (!result)
                return m_parts.dialogs.showProblem(m_parts.window,
                    tr("%1 cannot be started").arg(nameOf(flow)),
                    QString::fromStdString(result.error().message));
            const auto newest = std::find_if(result->rbegin(), result->rend(),
                [&](const engine::FlowVersion &version) { return version.flow == flow; });
            if (newest == result->rend())
                return m_parts.dialogs.showProblem(m_parts.window,
                    tr("%1 cannot be started").arg(nameOf(flow)),
                    tr("It is not deployed yet. Deploy it first."));
            openStartDialog(flow, newest->version, newest->text);
        });
}

void RunPlace::openStartDialog(const engine::FlowId &flow, int version, const std::string &text)
{
    const auto read = engine::readFlow(text);
    if (!read)
        return m_parts.dialogs.showProblem(m_parts.window,
            tr("%1 cannot be started").arg(nameOf(flow)),
            QString::fromStdString(read.error().message));
    const auto send = [this, flow](const StartDialog::Asked &asked,
                          std::function<void(const QString &)> answered) {
        engine::StartRequest request{.flow = flow,
            .instance = asked.instance,
            .input = asked.input,
            .source = {.via = "window", .who = systemUser()}};
        m_parts.room.engine()
            ->start(std::move(request))
            .then(this, [this, answered](engine::Result<engine::Acceptance> result) {
                if (!result)
                    return answered(QString::fromStdString(result.error().message));
                answered({});
                emit said(tr("%1 started").arg(QString::fromStdString(result->instance.value)));
                openInstance(result->instance);
            });
    };
    auto *dialog = new StartDialog(read->flow, version, send, m_parts.window);
    dialog->open();
}

void RunPlace::tellDeployedVersion(designer::DesignerPage &page)
{
    if (!m_parts.room.engine())
        return;
    m_parts.room.engine()->flows().then(
        this, [alive = QPointer(&page)](engine::Result<std::vector<engine::FlowVersion>> result) {
            if (!result || !alive)
                return;
            for (const engine::FlowVersion &version : *result)
                if (version.text == alive->document().text())
                    alive->setDeployedVersion(version.version);
        });
}

qint64 RunPlace::live(const engine::FlowId &flow) const
{
    return m_monitor ? monitor::live(m_monitor->counts().of(flow)) : 0;
}

void RunPlace::showLive(designer::DesignerPage &page) const
{
    std::vector<designer::LiveOnStep> live;
    if (m_steps && m_steps->flow() == page.document().flow().name)
        for (const auto &[step, count] : m_steps->counts())
            live.push_back({step, count.waiting, count.running});
    page.showLive(live);
}

bool RunPlace::owns(const QWidget *page) const
{
    return page && (page == m_monitor || page == m_inbox ||
                       qobject_cast<const monitor::InstanceView *>(page));
}

void RunPlace::closePage(QWidget *page)
{
    if (!owns(page))
        return;
    m_parts.center.tabs().removePage(page);
    if (page == m_monitor || page == m_inbox) {
        page->setParent(m_parts.window);
        page->hide();
    } else {
        page->deleteLater();
    }
}

} // namespace app
