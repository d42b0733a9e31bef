#include "app/window/center_area.h"

#include "app/widgets/banner.h"
#include "app/widgets/empty_state.h"
#include "app/widgets/icons.h"
#include "app/window/tab_group.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int besideWidth = 360;
constexpr int narrowestBeside = 280;
constexpr int roomForTabs = 440; ///< what is beside gives way until the flow's bar has this

QToolButton *cornerButton(const QString &icon, const QString &toolTip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(app::icon(icon));
    button->setIconSize({16, 16});
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setFixedSize(36, 36);
    return button;
}

} // namespace

CenterArea::CenterArea(QWidget *parent)
    : QWidget(parent)
    , m_banner(new Banner(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_stack(new QStackedWidget(m_splitter))
    , m_empty(new EmptyState(m_stack))
    , m_tabs(new TabGroup(m_stack))
    , m_beside(new TabGroup(m_splitter))
{
    auto *split = cornerButton(u"split"_s, tr("Instances beside the flow"), m_tabs);
    m_tabs->setCornerWidget(split);
    auto *close = cornerButton(u"close"_s, tr("Close"), m_beside);
    m_beside->setCornerWidget(close);
    m_beside->setPagesClosable(false);
    m_beside->setMinimumWidth(narrowestBeside);
    m_empty->setContent(
        u"flows"_s, tr("Choose a flow at the left, or draw a new one."), tr("New flow"));
    setSurface(m_empty, "canvas");
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tabs);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_beside);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_splitter, 1);
    connect(split, &QToolButton::clicked, this, &CenterArea::splitAsked);
    connect(close, &QToolButton::clicked, this, &CenterArea::besideClosed);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_placedByHand = true; });
    connect(m_empty, &EmptyState::actionChosen, this, &CenterArea::newFlowAsked);
    connect(m_tabs, &TabGroup::pageChanged, this,
        [this](const QWidget *page) { m_stack->setCurrentIndex(page ? 1 : 0); });
}

void CenterArea::setBeside(QWidget *page, const QString &icon, const QString &title)
{
    QWidget *before = m_beside->currentWidget();
    m_beside->addPage(page, icon, title);
    if (before) {
        m_beside->removePage(before);
        before->deleteLater();
    }
}

void CenterArea::setBesideShown(bool shown)
{
    m_beside->setVisible(shown && m_beside->count() > 0);
    shareWidth();
}

void CenterArea::resetWidths()
{
    m_placedByHand = false;
    shareWidth();
}

void CenterArea::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    shareWidth();
}

void CenterArea::shareWidth()
{
    if (m_placedByHand)
        return;
    const int beside = std::clamp(width() - roomForTabs, narrowestBeside, besideWidth);
    m_splitter->setSizes({std::max(1, width() - beside), beside});
}

} // namespace app
