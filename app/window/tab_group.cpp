#include "app/window/tab_group.h"

#include "app/widgets/icons.h"

#include <QAbstractButton>
#include <QPainter>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace app {
namespace {

/// At the end of a tab: a cross, or a dot while something is unsaved and the mouse is elsewhere.
class TabEnd : public QAbstractButton
{
public:
    explicit TabEnd(QWidget *parent)
        : QAbstractButton(parent)
    {
        setFixedSize(20, 20);
        setFocusPolicy(Qt::NoFocus);
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::ArrowCursor);
        setToolTip(TabGroup::tr("Close"));
        setAccessibleName(toolTip());
    }

    void setModified(bool modified)
    {
        m_modified = modified;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_modified && !underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Color::Accent));
            painter.drawEllipse(QPointF(10, 10), 4, 4);
            return;
        }
        if (underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Color::Press));
            painter.drawRoundedRect(QRectF(2, 2, 16, 16), 4, 4);
        }
        paintIcon(painter, u"close"_s, QRectF(4, 4, 12, 12), color(Color::Text3));
    }

private:
    bool m_modified = false;
};

} // namespace

TabGroup::TabGroup(QWidget *parent)
    : QTabWidget(parent)
{
    setDocumentMode(true);
    setMovable(true);
    tabBar()->setDrawBase(false);
    tabBar()->setExpanding(false);
    setIconSize({16, 16});
    setElideMode(Qt::ElideRight);
    connect(this, &QTabWidget::currentChanged, this, [this] {
        showIcons();
        emit pageChanged(currentWidget());
    });
}

void TabGroup::addPage(QWidget *page, const QString &icon, const QString &title)
{
    page->setProperty("tabIcon", icon);
    const int at = addTab(page, app::icon(icon), title);
    if (m_closable) {
        auto *end = new TabEnd(tabBar());
        tabBar()->setTabButton(at, QTabBar::RightSide, end);
        connect(end, &QAbstractButton::clicked, this, [this, page] { emit closeAsked(page); });
    }
    setTitle(page, title);
    showIcons();
}

void TabGroup::setTitle(QWidget *page, const QString &title)
{
    const int at = indexOf(page);
    setTabText(at, QString(title).replace(u'&', u"&&"_s));
    setTabToolTip(at, title);
}

void TabGroup::setModified(QWidget *page, bool modified)
{
    if (auto *end = static_cast<TabEnd *>(tabBar()->tabButton(indexOf(page), QTabBar::RightSide)))
        end->setModified(modified);
}

void TabGroup::removePage(QWidget *page) { removeTab(indexOf(page)); }

void TabGroup::showIcons()
{
    for (int at = 0; at < count(); ++at)
        setTabIcon(at, app::icon(widget(at)->property("tabIcon").toString(),
                           at == currentIndex() ? Color::Accent : Color::Text2));
}

} // namespace app
