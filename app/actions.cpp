#include "app/actions.h"

#include "app/widgets/icons.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace app {
namespace {

QList<QKeySequence> standard(QKeySequence::StandardKey key)
{
    return QKeySequence::keyBindings(key);
}

QList<QKeySequence> keys(const char *text) { return {QKeySequence(QLatin1StringView(text))}; }

/// The desktop's keys, and one of ours on desktops that have none.
QList<QKeySequence> standardOr(QKeySequence::StandardKey key, const char *otherwise)
{
    const QList<QKeySequence> bindings = standard(key);
    return bindings.isEmpty() ? keys(otherwise) : bindings;
}

} // namespace

Actions::Actions(QObject *parent)
    : QObject(parent)
    , m_themes(new QActionGroup(this))
{
    makeFileAndEdit();
    makeView();
    makeRest();
}

QAction *Actions::add(
    const QString &icon, const QString &text, const QList<QKeySequence> &shortcuts)
{
    auto *action = new QAction(text, this);
    if (!icon.isEmpty())
        action->setIcon(app::icon(icon));
    action->setShortcuts(shortcuts);
    m_all.push_back(action);
    return action;
}

void Actions::makeFileAndEdit()
{
    newFlow = add(u"add"_s, tr("&New flow"), standard(QKeySequence::New));
    open = add(u"folder"_s, tr("&Open…"), standard(QKeySequence::Open));
    save = add(u"save"_s, tr("&Save"), standard(QKeySequence::Save));
    saveAs = add({}, tr("Save &as…"), standardOr(QKeySequence::SaveAs, "Ctrl+Shift+S"));
    closeTab = add({}, tr("&Close tab"), keys("Ctrl+W"));
    quit = add({}, tr("&Quit"), standardOr(QKeySequence::Quit, "Ctrl+Q"));
    quit->setMenuRole(QAction::QuitRole);

    undo = add(u"undo"_s, tr("&Undo"), standard(QKeySequence::Undo));
    redo = add(u"redo"_s, tr("&Redo"), standard(QKeySequence::Redo));
    cut = add({}, tr("Cu&t"), standard(QKeySequence::Cut));
    copy = add(u"copy"_s, tr("&Copy"), standard(QKeySequence::Copy));
    paste = add({}, tr("&Paste"), standard(QKeySequence::Paste));
    duplicate = add({}, tr("&Duplicate"), keys("Ctrl+D"));
    selectAll = add({}, tr("Select &all"), standard(QKeySequence::SelectAll));
    remove = add(u"trash"_s, tr("De&lete"));
    rename = add(u"edit"_s, tr("Re&name"), keys("F2"));
    append = add(u"plus"_s, tr("A&ppend a step…"));
}

void Actions::makeView()
{
    showDesign = add(u"flows"_s, tr("&Design"), keys("Ctrl+Alt+1"));
    showRun = add(u"play"_s, tr("&Run"), keys("Ctrl+Alt+2"));
    commands = add(u"search"_s, tr("Search or run a &command"), keys("Ctrl+Shift+P"));
    zoomIn = add(u"plus"_s, tr("Zoom &in"), standardOr(QKeySequence::ZoomIn, "Ctrl++"));
    zoomOut = add(u"minus"_s, tr("Zoom &out"), standardOr(QKeySequence::ZoomOut, "Ctrl+-"));
    zoomReset = add({}, tr("&Actual size"), keys("Ctrl+1"));
    fit = add(u"fit"_s, tr("&Fit the flow"), keys("Ctrl+0"));
    splitTabs = add(u"split"_s, tr("&Instances beside the flow"), keys("Ctrl+\\"));
    splitTabs->setCheckable(true);
    resetLayout = add(u"layout"_s, tr("Reset &layout"));
    themeSystem = add(u"theme"_s, tr("Theme of the &system"));
    themeLight = add({}, tr("&Light theme"));
    themeDark = add({}, tr("D&ark theme"));
    themeHighContrast = add({}, tr("&High contrast"));
    for (QAction *theme : {themeSystem, themeLight, themeDark, themeHighContrast}) {
        theme->setCheckable(true);
        m_themes->addAction(theme);
    }
}

void Actions::makeRest()
{
    deploy = add(u"deploy"_s, tr("&Deploy"), keys("Ctrl+Shift+D"));
    run = add(u"play"_s, tr("&Run…"), keys("F5"));
    nextProblem = add(u"problem"_s, tr("Next &problem"), keys("F8"));
    openFlowsFolder = add(u"folder"_s, tr("Open the &folder of flows"));
    start = add(u"start"_s, tr("&Start an instance…"), keys("Ctrl+F5"));
    openMonitor = add(u"monitor"_s, tr("&Monitor"), keys("Ctrl+Shift+M"));
    openInbox = add(u"inbox"_s, tr("&Approvals"), keys("Ctrl+Shift+A"));
    about = add(u"info"_s, tr("&About Signalbox"));
    about->setMenuRole(QAction::AboutRole);
    setHasFlow(false);
    setHasEngine(false);
}

void Actions::setHasFlow(bool hasFlow)
{
    m_hasFlow = hasFlow;
    for (QAction *action : {save, saveAs, cut, copy, paste, duplicate, selectAll, remove, rename,
             append, zoomIn, zoomOut, zoomReset, fit, nextProblem})
        action->setEnabled(hasFlow);
    setHasEngine(m_hasEngine);
}

void Actions::setHasEngine(bool hasEngine)
{
    m_hasEngine = hasEngine;
    openMonitor->setEnabled(hasEngine);
    openInbox->setEnabled(hasEngine);
    for (QAction *action : {deploy, run, start})
        action->setEnabled(hasEngine && m_hasFlow);
}

void Actions::fillMenus(QMenuBar &bar, QMenu *recent)
{
    QMenu *file = bar.addMenu(tr("&File"));
    file->addActions({newFlow, open});
    file->addMenu(recent);
    file->addSeparator();
    file->addActions({save, saveAs});
    file->addSeparator();
    file->addActions({closeTab, quit});
    QMenu *edit = bar.addMenu(tr("&Edit"));
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions({cut, copy, paste, duplicate, selectAll});
    edit->addSeparator();
    edit->addActions({append, rename, remove});
    QMenu *view = bar.addMenu(tr("&View"));
    view->addActions({showDesign, showRun, commands});
    view->addSeparator();
    view->addActions({zoomIn, zoomOut, zoomReset, fit});
    view->addSeparator();
    view->addActions({splitTabs, resetLayout});
    QMenu *theme = view->addMenu(tr("&Theme"));
    theme->addActions({themeSystem, themeLight, themeDark, themeHighContrast});
    QMenu *flow = bar.addMenu(tr("F&low"));
    flow->addActions({deploy, run});
    flow->addSeparator();
    flow->addActions({nextProblem, openFlowsFolder});
    QMenu *instance = bar.addMenu(tr("&Instance"));
    instance->addActions({start, openMonitor, openInbox});
    QMenu *help = bar.addMenu(tr("&Help"));
    help->addActions({about});
}

} // namespace app
