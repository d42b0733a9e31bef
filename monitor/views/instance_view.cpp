#include "monitor/views/instance_view.h"

#include "app/widgets/badge.h"
#include "app/widgets/icons.h"
#include "app/widgets/json_view.h"
#include "app/widgets/theme.h"
#include "monitor/engine_feed/feed.h"
#include "monitor/models/flow_book.h"
#include "monitor/models/run_model.h"
#include "monitor/models/words.h"
#include "monitor/views/history_view.h"
#include "monitor/views/raise_event_dialog.h"
#include "monitor/views/terminate_dialog.h"
#include "monitor/views/waits_view.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

/// `label value` with the value in first-level ink.
QString fact(const QString &label, const QString &value)
{
    return u"<span style='color:%1'>%2</span>&nbsp;&nbsp;<span style='color:%3'>%4</span>"_s.arg(
        app::color(app::Color::Text3).name(), label.toHtmlEscaped(),
        app::color(app::Color::Text).name(), value.toHtmlEscaped());
}

} // namespace

InstanceView::InstanceView(const Parts &parts, const engine::InstanceId &instance, QWidget *parent)
    : QWidget(parent)
    , m_feed(parts.feed)
    , m_flows(parts.flows)
    , m_restUrl(parts.restUrl)
    , m_run(new RunModel(parts.feed, instance, this))
    , m_diagram(parts.makeDiagram(this))
{
    setProperty("surface", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(makeBody(), 1);
    connectRun();
    showSummary();
}

InstanceView::~InstanceView() = default;

const engine::InstanceId &InstanceView::instance() const { return m_run->instance(); }

QWidget *InstanceView::makeHead()
{
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(6);
    m_title = new QLabel(text(instance().value));
    m_title->setFont(app::font(app::Type::Title));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *copy = new QToolButton;
    copy->setIcon(app::icon(u"copy"_s));
    copy->setToolTip(tr("Copy the instance id"));
    copy->setAccessibleName(copy->toolTip());
    connect(copy, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(text(instance().value)); });
    m_badge = new app::BadgeLabel;
    m_raise = new QPushButton(app::icon(u"wait"_s, app::Color::OnAccent), tr("Raise event…"));
    m_raise->setProperty("role", u"primary"_s);
    connect(m_raise, &QPushButton::clicked, this, [this] { raiseEvent(); });
    m_terminate = new QPushButton(app::icon(u"terminated"_s, app::Color::Text), tr("Terminate…"));
    connect(m_terminate, &QPushButton::clicked, this, &InstanceView::terminate);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_title);
    line->addWidget(copy);
    line->addWidget(m_badge);
    line->addStretch(1);
    line->addWidget(m_raise);
    line->addWidget(m_terminate);
    m_facts = new QLabel;
    m_facts->setFont(app::font(app::Type::Small));
    m_facts->setTextFormat(Qt::RichText);
    m_facts->setMinimumWidth(1);
    m_problem = new QLabel;
    m_problem->setProperty("role", u"error"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addLayout(line);
    layout->addWidget(m_facts);
    layout->addWidget(m_problem);
    return head;
}

QWidget *InstanceView::makeBody()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_waits = new WaitsView(*m_run, m_flows);
    m_history = new HistoryView(*m_run, m_flows);
    auto *tabs = new QTabBar;
    tabs->setProperty("role", u"under"_s);
    tabs->setExpanding(false);
    tabs->addTab(tr("Log"));
    tabs->addTab(tr("Data"));
    auto *pages = new QStackedWidget;
    pages->addWidget(m_history);
    pages->addWidget(makeData());
    connect(tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    layout->addWidget(m_waits);
    layout->addWidget(tabs);
    layout->addWidget(pages, 1);

    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(m_diagram->widget());
    split->addWidget(side);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setHandleWidth(1);
    split->setSizes({2000, 3000}); // shares: the hints of both sides say nothing about them
    split->setChildrenCollapsible(false);
    return split;
}

QWidget *InstanceView::makeData()
{
    m_data = new app::JsonView;
    m_data->setAccessibleName(tr("Input, custom status and output"));
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_data);
    return part;
}

void InstanceView::connectRun()
{
    connect(m_run, &RunModel::summaryChanged, this, &InstanceView::showSummary);
    connect(m_run, &RunModel::progressChanged, this, &InstanceView::showFlow);
    connect(m_run, &RunModel::restarted, this, [this] {
        m_flowShown = false;
        showSummary();
    });
    connect(&m_flows, &FlowBook::changed, this, &InstanceView::showFlow);
    connect(m_run, &RunModel::failed, this, [this](const QString &problem) {
        m_problem->setText(problem);
        m_problem->show();
    });
    connect(m_waits, &WaitsView::raiseChosen, this, &InstanceView::raiseEvent);
    connect(m_history, &HistoryView::stepChosen, this,
        [this](const engine::StepId &step) { m_diagram->chooseStep(step); });
    m_diagram->whenStepChosen([this](const engine::StepId &step) { m_history->chooseStep(step); });
    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, &InstanceView::showFacts);
    m_clock.start();
}

void InstanceView::showSummary()
{
    const auto &summary = m_run->summary();
    if (!m_run->isKnown())
        return;
    const bool isLive = !isFinished(summary.status);
    auto badge = badgeOf(summary);
    if (isLive && summary.waiting && !summary.standsOn.empty())
        badge.text = tr("Waiting for %1").arg(text(summary.standsOn));
    m_badge->setBadge(badge);
    m_raise->setEnabled(isLive);
    m_terminate->setEnabled(isLive);
    m_problem->setVisible(!summary.setAside.empty());
    m_problem->setText(text(summary.setAside));
    showFacts();
    showFlow();
    showData();
}

void InstanceView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showFacts();
}

void InstanceView::showFacts()
{
    const auto &summary = m_run->summary();
    if (!m_run->isKnown())
        return;
    const auto end = summary.finishedAt.value_or(
        engine::Instant(engine::Milliseconds(QDateTime::currentMSecsSinceEpoch())));
    QStringList facts{fact(tr("Flow"), flowWord(summary))};
    if (!summary.parent.empty())
        facts += fact(tr("Sub-flow of"), text(summary.parent.value));
    if (!summary.customStatus.isNull())
        facts += fact(tr("Custom status"), text(summary.customStatus.text()).left(120));
    facts += fact(tr("Started"), timeWord(summary.createdAt));
    facts += fact(
        isFinished(summary.status) ? tr("Took") : tr("Age"), durationWord(end - summary.createdAt));
    facts += fact(tr("Turns"), QString::number(summary.decisions));
    facts += fact(tr("Last change"), timeWord(summary.changedAt));
    m_facts->setText(facts.join(u"&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;"_s));
    m_facts->setToolTip(exactTimeWord(summary.createdAt));
}

void InstanceView::showFlow()
{
    const auto &summary = m_run->summary();
    const auto *flow = m_run->isKnown() ? m_flows.find(summary.flow, summary.version) : nullptr;
    if (!flow)
        return;
    if (!m_flowShown)
        m_diagram->showFlow(*flow);
    m_flowShown = true;
    m_diagram->mark(m_run->progress());
}

void InstanceView::showData()
{
    const auto &summary = m_run->summary();
    nlohmann::json shown{{"input", summary.input.tree()}};
    if (!summary.customStatus.isNull())
        shown["customStatus"] = summary.customStatus.tree();
    if (isFinished(summary.status))
        shown["output"] = summary.output.tree();
    const auto words = shown.dump();
    if (words == m_shownData)
        return;
    m_shownData = words;
    m_data->showJson(words);
}

void InstanceView::raiseEvent(const QString &event)
{
    const auto &summary = m_run->summary();
    RaiseTarget target{.instance = instance(),
        .flow = flowWord(summary),
        .declared = m_flows.find(summary.flow, summary.version),
        .restUrl = m_restUrl};
    if (!event.isEmpty())
        target.waitedFor.push_back(event.toStdString());
    for (const auto &step : m_run->progress().steps)
        target.waitedFor.insert(target.waitedFor.end(), step.waitsFor.begin(), step.waitsFor.end());
    auto *dialog = new RaiseEventDialog(m_feed, target, this);
    connect(dialog, &RaiseEventDialog::raised, this,
        [this](const engine::InstanceId &, const QString &name) {
            Q_EMIT said(tr("%1 raised").arg(name));
        });
    dialog->open();
}

void InstanceView::terminate()
{
    auto *dialog = new TerminateDialog(m_feed, instance(), this);
    connect(dialog, &TerminateDialog::terminated, this,
        [this] { Q_EMIT said(tr("%1 terminated").arg(text(instance().value))); });
    dialog->open();
}

} // namespace monitor
