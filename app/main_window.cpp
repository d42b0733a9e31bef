#include "app/main_window.h"

#include "app/actions.h"
#include "app/dialogs/dialogs.h"
#include "app/settings.h"
#include "app/widgets/banner.h"
#include "app/widgets/dock_title.h"
#include "app/widgets/theme.h"
#include "app/widgets/toast.h"
#include "app/window/center_area.h"
#include "app/window/command_palette.h"
#include "app/window/docks.h"
#include "app/window/first_size.h"
#include "app/window/flows_panel.h"
#include "app/window/page_actions.h"
#include "app/window/rail.h"
#include "app/window/run_place.h"
#include "app/window/status_line.h"
#include "app/window/tab_group.h"
#include "app/window/theme_choice.h"
#include "designer/designer_page.h"
#include "engine/expressions/javascript/javascript.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>

using namespace Qt::StringLiterals;
using designer::DesignerPage;

namespace app {
namespace {

enum Place { FlowsPlace, MonitorPlace, InboxPlace };

engine::FlowId flowOf(DesignerPage &page) { return page.document().flow().name; }

QString layoutName(Mode mode) { return mode == Mode::Design ? u"design"_s : u"run"_s; }

} // namespace

MainWindow::MainWindow(const Parts &parts)
    : m_settings(parts.settings)
    , m_dialogs(parts.dialogs)
    , m_actions(new Actions(this))
    , m_room(parts.engine)
    , m_checker(engine::makeJavaScript)
    , m_deployment({m_room, m_checker, m_dialogs, this})
    , m_shelf(parts.flowsFolder)
    , m_center(new CenterArea(this))
    , m_documents({m_center->tabs(), m_dialogs, m_settings, m_shelf,
          {m_deployment, parts.recoveryFolder}, this})
    , m_topBar(new TopBar(this))
    , m_rail(new Rail(this))
    , m_flows(new FlowsPanel(m_shelf, this))
    , m_docks(new Docks(*this, m_flows))
    , m_status(new StatusLine(this))
    , m_toast(new Toast(m_center))
    , m_run(new RunPlace({m_room, *m_center, m_dialogs, this}, this))
    , m_commands(new CommandPalette(m_actions->all(), this))
    , m_recent(new QMenu(tr("Open &recent"), this))
{
    setWindowTitle(tr("Signalbox"));
    resize(firstSize(screen()->availableGeometry().size()));
    setAcceptDrops(true);
    buildFrame();
    connectActions();
    connectPageActions(*m_actions, m_documents);
    connectParts();
    connectEngine();
    restoreGeometry(m_settings.geometry());
    restoreState(m_settings.layout(layoutName(m_mode)));
    showPage(nullptr);
}

MainWindow::~MainWindow()
{
    // Pages go first, while their documents, docks and engine are still there; nobody follows them.
    m_documents.letGo();
    m_center->tabs().disconnect();
    const std::unique_ptr<QWidget> pages(takeCentralWidget());
}

void MainWindow::buildFrame()
{
    setMenuWidget(m_topBar);
    m_actions->fillMenus(m_topBar->menus(), m_recent);
    addActions(QList<QAction *>(m_actions->all().begin(), m_actions->all().end()));
    m_rail->addPlace(u"flows"_s, tr("Flows"));
    m_rail->addPlace(u"monitor"_s, tr("Monitor"));
    m_rail->addPlace(u"inbox"_s, tr("Approvals"));
    m_rail->setCurrent(FlowsPlace);
    auto *settings = new QMenu(this);
    settings->addActions({m_actions->themeSystem, m_actions->themeLight, m_actions->themeDark,
        m_actions->themeHighContrast});
    QAbstractButton *button = m_rail->addButton(u"settings"_s, tr("Settings"));
    connect(button, &QAbstractButton::clicked, this, [settings, button] {
        settings->popup(button->mapToGlobal(
            QPoint(button->width() + 4, button->height() - settings->sizeHint().height())));
    });
    auto *railBar = new QToolBar(tr("Places"), this);
    railBar->setObjectName(u"rail"_s);
    railBar->setMovable(false);
    railBar->setContextMenuPolicy(Qt::PreventContextMenu);
    railBar->addWidget(m_rail);
    addToolBar(Qt::LeftToolBarArea, railBar);
    setCentralWidget(m_center);
    setStatusBar(m_status);
    connect(m_docks->flowsTitle().addButton(u"add"_s, tr("New flow")), &QToolButton::clicked,
        m_actions->newFlow, &QAction::trigger);
    connect(m_docks->flowsTitle().addButton(u"folder"_s, tr("Open the folder of flows")),
        &QToolButton::clicked, m_actions->openFlowsFolder, &QAction::trigger);
}

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto does) {
        connect(action, &QAction::triggered, this, does);
    };
    on(m_actions->newFlow, [this] { m_documents.newFlow(); });
    on(m_actions->open, [this] { m_documents.askAndOpen(); });
    on(m_actions->closeTab, [this] {
        if (QWidget *page = m_center->tabs().currentWidget())
            emit m_center->tabs().closeAsked(page);
    });
    on(m_actions->quit, [this] { close(); });
    on(m_actions->showDesign, [this] { setMode(Mode::Design); });
    on(m_actions->showRun, [this] { setMode(Mode::Run); });
    on(m_actions->commands, [this] {
        const QPoint field = m_topBar->commandField().geometry().center();
        m_commands->openAt({field.x(), m_topBar->height() + 4});
    });
    on(m_actions->splitTabs, [this](bool shown) { m_center->setBesideShown(shown); });
    on(m_actions->resetLayout, [this] {
        m_settings.forgetLayouts();
        m_docks->resetPlaces();
        m_center->resetWidths();
    });
    on(m_actions->start, [this] {
        if (DesignerPage *page = m_documents.current())
            m_run->start(flowOf(*page));
    });
    on(m_actions->openMonitor, [this] { m_run->openMonitor(); });
    on(m_actions->openInbox, [this] { m_run->openInbox(); });
    on(m_actions->openFlowsFolder,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_shelf.folder())); });
    on(m_actions->about, [this] {
        m_dialogs.showProblem(this, tr("Signalbox %1").arg(QApplication::applicationVersion()),
            tr("Draw workflows that wait, run them on a durable engine and watch every instance. "
               "GPL-3.0-or-later."));
    });
    m_actions->splitTabs->setChecked(true);
    followTheme(*m_actions, m_settings);
    connect(m_recent, &QMenu::aboutToShow, this, [this] { m_documents.fillRecent(*m_recent); });
}

void MainWindow::connectParts()
{
    connect(m_topBar, &TopBar::commandsWanted, m_actions->commands, &QAction::trigger);
    connect(m_topBar, &TopBar::modeChosen, this, &MainWindow::setMode);
    connect(m_rail, &Rail::chosen, this, &MainWindow::goTo);
    connect(m_center, &CenterArea::newFlowAsked, m_actions->newFlow, &QAction::trigger);
    connect(m_center, &CenterArea::splitAsked, m_actions->splitTabs, &QAction::trigger);
    connect(m_center, &CenterArea::besideClosed, m_actions->splitTabs, &QAction::trigger);
    connect(&m_center->tabs(), &TabGroup::pageChanged, this,
        [this](QWidget *page) { setMode(m_run->owns(page) ? Mode::Run : Mode::Design); });
    connect(m_flows, &FlowsPanel::openAsked, &m_documents, &Documents::openFile);
    connect(m_flows, &FlowsPanel::newAsked, m_actions->newFlow, &QAction::trigger);
    connect(&m_documents, &Documents::currentChanged, this, &MainWindow::showPage);
    connect(&m_documents, &Documents::said, m_status, &StatusLine::say);
    connect(&m_documents, &Documents::pageAdded, this, [this](DesignerPage *page) {
        m_run->tellDeployedVersion(*page);
        connect(page, &DesignerPage::problemsChanged, this, &MainWindow::showFlowState);
        connect(page, &DesignerPage::modifiedChanged, this, &MainWindow::showFlowState);
        connect(page, &DesignerPage::titleChanged, this, &MainWindow::showFlowState);
    });
}

void MainWindow::connectEngine()
{
    connect(&m_room, &EngineRoom::opened, this, &MainWindow::showOpened);
    connect(&m_room, &EngineRoom::failed, this,
        [this](const QString &problem) { showEngineProblem(problem, true); });
    connect(&m_room, &EngineRoom::halted, this,
        [this](const QString &problem) { showEngineProblem(problem, false); });
    const auto warn = [this](const QString &problem) {
        m_center->banner().showText(Banner::Kind::Warning, problem);
    };
    connect(&m_room, &EngineRoom::portRefused, this, warn);
    connect(&m_room, &EngineRoom::damaged, this, warn);
    connect(&m_room, &EngineRoom::mended, this, &MainWindow::showMended);
    connect(&m_deployment, &Deployment::startAsked, m_run, &RunPlace::start);
    connect(m_run, &RunPlace::countsChanged, this, &MainWindow::showCounts);
    connect(m_run, &RunPlace::openTasksChanged, this,
        [this] { m_rail->setCount(InboxPlace, m_run->openTasks()); });
    connect(m_run, &RunPlace::stepCountsChanged, this, [this] {
        if (DesignerPage *page = m_documents.current())
            m_run->showLive(*page);
    });
    connect(m_run, &RunPlace::openAgainAsked, this, &MainWindow::openEngine);
    connect(m_run, &RunPlace::said, this, [this](const QString &sentence) {
        m_status->say(sentence);
        m_toast->show(u"tick"_s, sentence);
    });
    m_flows->setCounter([this](const QString &flow) { return m_run->live({flow.toStdString()}); });
}

void MainWindow::openEngine()
{
    m_status->setEngine(StatusLine::Engine::Starting);
    m_center->banner().showText(Banner::Kind::Note, {});
    m_room.open();
}

void MainWindow::showOpened()
{
    m_status->setEngine(StatusLine::Engine::Running);
    m_status->setAddress(QUrl(m_room.url()).authority());
    m_actions->setHasEngine(true);
    m_run->begin();
    for (DesignerPage *page : m_center->tabs().findChildren<DesignerPage *>())
        m_run->tellDeployedVersion(*page);
    showCounts();
}

/// The first of what was found, and the end, which says where the damaged file is kept.
void MainWindow::showMended(const QStringList &lines)
{
    constexpr qsizetype shown = 3;
    QStringList said = lines.mid(0, lines.size() <= shown ? lines.size() : shown - 1);
    if (lines.size() > shown)
        said << tr("%n more in the log", nullptr, static_cast<int>(lines.size() - shown))
             << lines.back();
    const QString folder = m_room.directory();
    for (QString &line : said) { // which begins with the path of the database
        if (line.startsWith(folder))
            line = line.section(u": "_s, 1);
        line.remove(folder + u'/');
    }
    m_center->banner().showText(Banner::Kind::Warning,
        tr("The database was damaged and has been mended. %1.").arg(said.join(u"; "_s)));
    m_center->banner().addAction(
        tr("Open folder"), [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    m_center->banner().addAction(
        tr("Dismiss"), [this] { m_center->banner().showText(Banner::Kind::Note, {}); });
}

void MainWindow::showEngineProblem(const QString &problem, bool again)
{
    m_status->setEngine(StatusLine::Engine::Stopped);
    m_actions->setHasEngine(false);
    m_center->banner().showText(Banner::Kind::Problem, problem);
    if (again) {
        m_center->banner().addAction(tr("Try again"), [this] { openEngine(); });
        m_run->showProblem(problem);
    }
}

void MainWindow::goTo(int place)
{
    if (place == InboxPlace)
        m_run->openInbox();
    else if (place == MonitorPlace && m_run->isInbox(m_center->tabs().currentWidget()))
        m_run->openMonitor();
    else
        setMode(place == FlowsPlace ? Mode::Design : Mode::Run);
    showPlace(m_mode); // without an engine there is no inbox to go to
}

void MainWindow::showPlace(Mode mode)
{
    if (mode == Mode::Design)
        return m_rail->setCurrent(FlowsPlace);
    const bool isInbox = m_run->isInbox(m_center->tabs().currentWidget());
    m_rail->setCurrent(isInbox ? InboxPlace : MonitorPlace);
}

void MainWindow::setMode(Mode mode)
{
    m_topBar->showMode(mode);
    setStyleProperty(m_center->tabs().tabBar(), "mode", layoutName(mode));
    showPlace(mode);
    if (mode == m_mode)
        return;
    m_settings.setLayout(layoutName(m_mode), saveState());
    m_mode = mode;
    if (!restoreState(m_settings.layout(layoutName(mode))))
        m_docks->setShown(mode == Mode::Design);
    m_center->setBesideShown(mode == Mode::Design && m_actions->splitTabs->isChecked());
    QWidget *front = m_center->tabs().currentWidget();
    if (mode == Mode::Run && !m_run->owns(front))
        m_run->comeToFront();
    else if (mode == Mode::Design && m_run->owns(front) && m_documents.current())
        m_center->tabs().setCurrentWidget(m_documents.current());
}

void MainWindow::showPage(DesignerPage *page)
{
    m_docks->showPanels(page);
    m_flows->setCurrent(page ? page->path() : QString());
    m_run->showFlow(page ? flowOf(*page) : engine::FlowId{});
    if (page)
        m_run->showLive(*page);
    m_actions->setHasFlow(page != nullptr);
    showFlowState();
}

void MainWindow::showFlowState()
{
    DesignerPage *page = m_documents.current();
    setWindowModified(page && page->isModified());
    m_docks->setProblemCount(page ? static_cast<qsizetype>(page->problems().size()) : 0);
    if (!page) {
        m_status->setFlow({});
        return setWindowTitle(tr("Signalbox"));
    }
    //: Title of the window. %1 is a flow; [*] marks unsaved work.
    setWindowTitle(tr("%1[*] — Signalbox").arg(page->title()));
    //: Status bar. %n is the number of steps of the flow.
    const QString steps =
        tr("%n step(s)", nullptr, static_cast<int>(page->document().flow().steps.size()));
    m_status->setFlow((page->isModified() ? tr("Not saved") : tr("Saved")) + u"   "_s + steps);
}

void MainWindow::showCounts()
{
    const qint64 live = m_run->live({});
    m_status->setLive(live);
    m_rail->setCount(MonitorPlace, live);
    m_flows->showCounts();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_documents.keepSession();
    if (m_documents.hasUnsaved() && !m_closing) {
        event->ignore();
        m_documents.askAll([this] {
            m_closing = true; // queued: a window that is closing does not listen to close()
            QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
        });
        return;
    }
    m_settings.setGeometry(saveGeometry());
    m_settings.setLayout(layoutName(m_mode), saveState());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls())
        if (url.isLocalFile())
            m_documents.openFile(url.toLocalFile());
}

} // namespace app
