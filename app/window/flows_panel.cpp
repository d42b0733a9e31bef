#include "app/window/flows_panel.h"

#include "app/widgets/empty_state.h"
#include "app/widgets/icons.h"
#include "app/widgets/search_field.h"
#include "app/window/flow_shelf.h"

#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int pathRole = Qt::UserRole;
constexpr int countRole = Qt::UserRole + 1;

/// The count at the right end, in the third level of text.
class FlowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), 28};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override
    {
        const QVariant count = index.data(countRole);
        const bool isFlow = !index.data(pathRole).toString().isEmpty();
        QStyleOptionViewItem name = option;
        if (isFlow && option.state.testFlag(QStyle::State_Selected))
            name.font = app::font(Type::SmallStrong);
        QStyledItemDelegate::paint(painter, name, index);
        if (!isFlow || !count.isValid())
            return;
        painter->setFont(app::font(Type::Caption));
        painter->setPen(color(Color::Text3));
        painter->drawText(option.rect.adjusted(0, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight,
            QLocale().toString(count.toLongLong()));
    }
};

} // namespace

FlowsPanel::FlowsPanel(const FlowShelf &shelf, QWidget *parent)
    : QWidget(parent)
    , m_shelf(shelf)
    , m_search(new SearchField(tr("Find a flow"), this))
    , m_tree(new QTreeWidget(this))
    , m_empty(new EmptyState(this))
{
    setSurface(this, "panel");
    m_tree->setObjectName(u"flows"_s);
    m_tree->setAccessibleName(tr("Flows"));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(16);
    m_tree->setItemDelegate(new FlowDelegate(m_tree));
    m_tree->setIconSize({14, 14});
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSurface(m_tree, "panel");
    m_empty->setContent(u"flows"_s, tr("There is no flow yet."), tr("New flow"));
    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(8, 0, 8, 8);
    searchRow->addWidget(m_search);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(searchRow);
    column->addWidget(m_tree, 1);
    column->addWidget(m_empty, 1);
    connect(m_search, &QLineEdit::textChanged, this, &FlowsPanel::filter);
    connect(m_search, &SearchField::leftDownwards, m_tree, qOverload<>(&QWidget::setFocus));
    const auto openItem = [this](const QTreeWidgetItem *item) {
        const QString path = item->data(0, pathRole).toString();
        if (!path.isEmpty())
            emit openAsked(path);
    };
    connect(m_tree, &QTreeWidget::itemClicked, this, openItem);
    connect(m_tree, &QTreeWidget::itemActivated, this, openItem);
    connect(m_empty, &EmptyState::actionChosen, this, &FlowsPanel::newAsked);
    connect(&shelf, &FlowShelf::changed, this, &FlowsPanel::fill);
    fill();
}

void FlowsPanel::setCounter(std::function<qint64(const QString &flow)> live)
{
    m_live = std::move(live);
    showCounts();
}

void FlowsPanel::showCounts()
{
    if (!m_live)
        return;
    for (QTreeWidgetItemIterator item(m_tree); *item; ++item)
        if (!(*item)->data(0, pathRole).toString().isEmpty())
            (*item)->setData(0, countRole, m_live((*item)->text(0)));
}

QTreeWidgetItem *FlowsPanel::folderItem(const QString &folder)
{
    if (folder.isEmpty())
        return m_tree->invisibleRootItem();
    for (int at = 0; at < m_tree->topLevelItemCount(); ++at)
        if (m_tree->topLevelItem(at)->text(0) == folder)
            return m_tree->topLevelItem(at);
    auto *item = new QTreeWidgetItem(m_tree, {folder});
    item->setIcon(0, icon(u"folder"_s));
    item->setFlags(Qt::ItemIsEnabled);
    item->setExpanded(true);
    return item;
}

void FlowsPanel::fill()
{
    m_tree->clear();
    for (const ShelvedFlow &flow : m_shelf.flows()) {
        auto *item = new QTreeWidgetItem(folderItem(flow.folder), {flow.name});
        item->setIcon(0, icon(u"file"_s));
        item->setData(0, pathRole, flow.path);
        item->setToolTip(0, flow.path);
    }
    for (int at = 0; at < m_tree->topLevelItemCount(); ++at)
        m_tree->topLevelItem(at)->setExpanded(true);
    m_tree->setVisible(!m_shelf.flows().empty());
    m_empty->setVisible(m_shelf.flows().empty());
    showCounts();
    setCurrent(m_current);
    filter(m_search->text());
}

void FlowsPanel::filter(const QString &text)
{
    for (int at = 0; at < m_tree->topLevelItemCount(); ++at) {
        QTreeWidgetItem *top = m_tree->topLevelItem(at);
        bool any = top->childCount() == 0 && top->text(0).contains(text, Qt::CaseInsensitive);
        for (int child = 0; child < top->childCount(); ++child) {
            const bool fits = top->child(child)->text(0).contains(text, Qt::CaseInsensitive);
            top->child(child)->setHidden(!fits);
            any = any || fits;
        }
        top->setHidden(!any);
    }
}

void FlowsPanel::setCurrent(const QString &path)
{
    m_current = path;
    m_tree->setCurrentItem(nullptr);
    for (QTreeWidgetItemIterator item(m_tree); *item; ++item)
        if (!path.isEmpty() && (*item)->data(0, pathRole).toString() == path)
            m_tree->setCurrentItem(*item);
}

} // namespace app
