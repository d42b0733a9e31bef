#pragma once

#include "app/deployment.h"
#include "app/engine_room.h"
#include "app/flow_checker.h"
#include "app/window/documents.h"
#include "app/window/flow_shelf.h"
#include "app/window/top_bar.h"

#include <QMainWindow>
#include <QPointer>

#include <memory>

namespace engine {
struct Flow;
}
namespace monitor {
class MonitorPage;
}

namespace app {

class Actions;
class Banner;
class CenterArea;
class CommandPalette;
class Dialogs;
class Docks;
class FlowsPanel;
class Rail;
class RunPlace;
class Settings;
class StatusLine;
class Toast;

/// The window: places the parts of designer and monitor, and connects them with each other. Main
/// thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    struct Parts {
        Settings &settings;
        Dialogs &dialogs;
        ServeCommand engine;
        QString flowsFolder;
        QString recoveryFolder;
    };

    explicit MainWindow(const Parts &parts);
    ~MainWindow() override;

    /// Begins to open the engine; the window is usable meanwhile.
    void openEngine();

    Actions &actions() { return *m_actions; }
    Documents &documents() { return m_documents; }
    EngineRoom &engineRoom() { return m_room; }
    void setMode(Mode mode);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildFrame();
    void connectActions();
    void connectParts();
    void connectEngine();
    void showPage(designer::DesignerPage *page);
    void showFlowState();
    void showCounts();
    void goTo(int place);
    void showPlace(Mode mode);
    void showOpened();
    void showMended(const QStringList &lines);
    void showEngineProblem(const QString &problem, bool again);

    Settings &m_settings;
    Dialogs &m_dialogs;
    Actions *m_actions;
    EngineRoom m_room;
    FlowChecker m_checker;
    Deployment m_deployment;
    FlowShelf m_shelf;
    CenterArea *m_center;
    Documents m_documents;
    TopBar *m_topBar;
    Rail *m_rail;
    FlowsPanel *m_flows;
    Docks *m_docks;
    StatusLine *m_status;
    Toast *m_toast;
    RunPlace *m_run;
    CommandPalette *m_commands;
    QMenu *m_recent;
    Mode m_mode = Mode::Design;
    bool m_closing = false;
};

} // namespace app
