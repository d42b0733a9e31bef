#pragma once

#include <QObject>

#include <vector>

class QDockWidget;
class QMainWindow;
class QStackedWidget;

namespace designer {
class DesignerPage;
}

namespace app {

class DockTitle;

/// The docks around the tabs: flows and palette at the left, inspector at the right, problems
/// below. They show the panels of the page in front. Main thread.
class Docks : public QObject
{
    Q_OBJECT

public:
    /// Puts them into `window`, `flows` in the first.
    Docks(QMainWindow &window, QWidget *flows);

    DockTitle &flowsTitle() { return *m_flowsTitle; }
    /// The panels of `page`; none for nullptr.
    void showPanels(designer::DesignerPage *page);
    /// How many problems the page in front has.
    void setProblemCount(qsizetype count);
    void setShown(bool shown);
    void resetPlaces();

private:
    QDockWidget *addDock(
        const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area);
    QStackedWidget *addStack();
    static void showPanel(QStackedWidget &stack, QWidget *panel, designer::DesignerPage *page);

    QMainWindow &m_window;
    DockTitle *m_flowsTitle = nullptr;
    DockTitle *m_problemsTitle = nullptr;
    QStackedWidget *m_palette;
    QStackedWidget *m_inspector;
    QStackedWidget *m_problems;
    std::vector<QDockWidget *> m_docks; ///< flows, palette, inspector, problems
};

} // namespace app
