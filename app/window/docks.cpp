#include "app/window/docks.h"

#include "app/widgets/dock_title.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/theme.h"
#include "designer/designer_page.h"

#include <QDockWidget>
#include <QLocale>
#include <QMainWindow>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int leftWidth = 236;
constexpr int inspectorWidth = 304;
constexpr int bottomHeight = 136;

DockTitle *titleOf(QDockWidget *dock) { return static_cast<DockTitle *>(dock->titleBarWidget()); }

} // namespace

Docks::Docks(QMainWindow &window, QWidget *flows)
    : QObject(&window)
    , m_window(window)
    , m_palette(addStack())
    , m_inspector(addStack())
    , m_problems(addStack())
{
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_flowsTitle = titleOf(addDock(u"flowsDock"_s, tr("Flows"), flows, Qt::LeftDockWidgetArea));
    addDock(u"paletteDock"_s, tr("Palette"), m_palette, Qt::LeftDockWidgetArea);
    addDock(u"inspectorDock"_s, tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_problemsTitle =
        titleOf(addDock(u"problemsDock"_s, tr("Problems"), m_problems, Qt::BottomDockWidgetArea));
    resetPlaces();
}

QStackedWidget *Docks::addStack()
{
    auto *stack = new QStackedWidget(&m_window);
    setSurface(stack, "panel");
    auto *none = new EmptyState(stack);
    none->setContent(u"flows"_s, tr("No flow is open."));
    stack->addWidget(none);
    return stack;
}

QDockWidget *Docks::addDock(
    const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name); // saveState() knows it by this
    dock->setTitleBarWidget(new DockTitle(title, dock));
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable);
    dock->setWidget(content);
    m_window.addDockWidget(area, dock);
    m_docks.push_back(dock);
    return dock;
}

void Docks::showPanel(QStackedWidget &stack, QWidget *panel, designer::DesignerPage *page)
{
    if (panel && stack.indexOf(panel) < 0) {
        stack.addWidget(panel);
        connect(page, &QObject::destroyed, panel, &QObject::deleteLater); // it is no child any more
    }
    stack.setCurrentWidget(panel ? panel : stack.widget(0));
}

void Docks::showPanels(designer::DesignerPage *page)
{
    showPanel(*m_palette, page ? page->palette() : nullptr, page);
    showPanel(*m_inspector, page ? page->inspector() : nullptr, page);
    showPanel(*m_problems, page ? page->problemsPanel() : nullptr, page);
}

void Docks::setProblemCount(qsizetype count)
{
    //: Title of a dock. %1 is a number.
    m_problemsTitle->setText(
        count == 0 ? tr("Problems") : tr("Problems · %1").arg(QLocale().toString(count)));
}

void Docks::setShown(bool shown)
{
    for (QDockWidget *dock : m_docks)
        dock->setVisible(shown);
}

void Docks::resetPlaces()
{
    const std::vector<Qt::DockWidgetArea> areas{Qt::LeftDockWidgetArea, Qt::LeftDockWidgetArea,
        Qt::RightDockWidgetArea, Qt::BottomDockWidgetArea};
    for (std::size_t at = 0; at < m_docks.size(); ++at) {
        m_docks[at]->setFloating(false);
        m_window.addDockWidget(areas[at], m_docks[at]);
    }
    m_window.splitDockWidget(m_docks[0], m_docks[1], Qt::Vertical);
    m_window.resizeDocks({m_docks[0], m_docks[2]}, {leftWidth, inspectorWidth}, Qt::Horizontal);
    m_window.resizeDocks({m_docks[0], m_docks[1]}, {2, 3}, Qt::Vertical);
    m_window.resizeDocks({m_docks[3]}, {bottomHeight}, Qt::Vertical);
}

} // namespace app
