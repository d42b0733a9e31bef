#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <vector>

class QActionGroup;
class QMenuBar;
class QMenu;

namespace app {

/// Every action of the window once: text, icon, shortcut. The window connects them; menus, buttons
/// and the command palette show them.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject *parent = nullptr);

    // file
    QAction *newFlow, *open, *save, *saveAs, *closeTab, *quit;
    // edit
    QAction *undo, *redo, *cut, *copy, *paste, *duplicate, *selectAll, *remove, *rename, *append;
    // view
    QAction *zoomIn, *zoomOut, *zoomReset, *fit, *splitTabs, *resetLayout;
    QAction *showDesign, *showRun, *commands;
    QAction *themeSystem, *themeLight, *themeDark, *themeHighContrast;
    // flow
    QAction *deploy, *run, *nextProblem, *openFlowsFolder;
    // instance
    QAction *start, *openMonitor, *openInbox;
    // help
    QAction *about;

    /// All of them, in the order of the menus.
    const std::vector<QAction *> &all() const { return m_all; }
    /// Those that need an open flow.
    void setHasFlow(bool hasFlow);
    /// Those that need the engine.
    void setHasEngine(bool hasEngine);
    /// Fills the menus; `recent` becomes the submenu of recent files.
    void fillMenus(QMenuBar &bar, QMenu *recent);

private:
    QAction *add(
        const QString &icon, const QString &text, const QList<QKeySequence> &shortcuts = {});
    void makeFileAndEdit();
    void makeView();
    void makeRest();

    std::vector<QAction *> m_all;
    QActionGroup *m_themes;
    bool m_hasFlow = false;
    bool m_hasEngine = false;
};

} // namespace app
