#include "monitor/views/instance_list_view.h"

#include "app/widgets/empty_state.h"
#include "app/widgets/icons.h"
#include "app/widgets/search_field.h"
#include "app/widgets/theme.h"
#include "engine/base/clock.h"
#include "engine/query/instance_query.h"
#include "monitor/engine_feed/feed.h"
#include "monitor/models/count_model.h"
#include "monitor/models/instance_model.h"
#include "monitor/views/instance_delegate.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

enum Tab { All, Waiting, Running, Failed, Completed, TabCount };

engine::InstanceFilter filterOf(int tab)
{
    using engine::InstanceStatus;
    switch (tab) {
    case Waiting: return {.statuses = {InstanceStatus::Running}, .waiting = true};
    case Running:
        return {.statuses = {InstanceStatus::Running, InstanceStatus::Pending}, .waiting = false};
    case Failed: return {.statuses = {InstanceStatus::Failed}};
    case Completed: return {.statuses = {InstanceStatus::Completed}};
    default: return {};
    }
}

constexpr int tabsMargin = 8;

int tabWidth(const QString &text)
{
    constexpr int padding = 10; // with the border, as the style sheet has it
    return QFontMetrics(app::font(app::Type::Small)).horizontalAdvance(text) + padding;
}

} // namespace

InstanceListView::InstanceListView(Feed &feed, CountModel &counts, QWidget *parent)
    : QWidget(parent)
    , m_counts(counts)
    , m_model(new InstanceModel(feed, this))
    , m_delegate(new InstanceDelegate(this))
{
    setProperty("surface", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(makeTabs());
    m_list = new QListView;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_list);
    m_empty = new app::EmptyState;
    m_stack->addWidget(m_empty);
    layout->addWidget(m_stack, 1);
    connectList();
    showCounts();
    showEmptiness();
}

QWidget *InstanceListView::makeBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(8);
    m_search = new app::SearchField(tr("Find an instance"));
    connect(m_search, &QLineEdit::textChanged, this, &InstanceListView::applyFilter);
    m_start = new QPushButton(app::icon(u"add"_s, app::Color::Text), tr("Start"));
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startChosen(m_flow); });
    layout->addWidget(m_search, 1);
    layout->addWidget(m_start);
    return bar;
}

QWidget *InstanceListView::makeTabs()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(tabsMargin, 0, tabsMargin, 8);
    layout->setSpacing(0);
    m_tabs = new QButtonGroup(this);
    for (int tab = 0; tab < TabCount; ++tab) {
        auto *button = new QToolButton;
        button->setCheckable(true);
        button->setChecked(tab == All);
        button->setProperty("role", u"tab"_s);
        button->setFont(app::font(app::Type::Small));
        m_tabs->addButton(button, tab);
        layout->addWidget(button);
    }
    layout->addStretch(1);
    bar->setSizePolicy(
        QSizePolicy::Ignored, QSizePolicy::Fixed); // the words give way: showCounts()
    connect(m_tabs, &QButtonGroup::idClicked, this, &InstanceListView::applyFilter);
    connect(&m_counts, &CountModel::changed, this, &InstanceListView::showCounts);
    return bar;
}

void InstanceListView::connectList()
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(false);
    m_list->setResizeMode(QListView::Adjust); // a row is as wide as the list, its texts are cut
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setProperty("surface", u"panel"_s);
    m_list->setAccessibleName(tr("Instances"));
    m_list->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, m_delegate,
        &InstanceDelegate::setCurrent);
    connect(m_list, &QListView::doubleClicked, this, &InstanceListView::openCurrent);
    connect(m_delegate, &InstanceDelegate::openChosen, this, &InstanceListView::openCurrent);
    connect(m_delegate, &InstanceDelegate::raiseChosen, this, &InstanceListView::raiseCurrent);
    for (const auto signal : {&InstanceModel::rowsInserted, &InstanceModel::rowsRemoved})
        connect(m_model, signal, this, &InstanceListView::showEmptiness);
    connect(m_model, &InstanceModel::modelReset, this, &InstanceListView::showEmptiness);
    connect(m_model, &InstanceModel::failed, this, [this](const QString &problem) {
        m_empty->setContent(u"problem"_s, problem);
        m_stack->setCurrentWidget(m_empty);
    });
    connect(m_empty, &app::EmptyState::actionChosen, this, &InstanceListView::leaveEmptiness);
    m_ages.setInterval(1000);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (m_list->isVisible())
            m_list->viewport()->update();
    });
    m_ages.start();
}

void InstanceListView::setFlow(const engine::FlowId &flow)
{
    m_flow = flow;
    applyFilter();
    showCounts();
}

void InstanceListView::choose(const engine::InstanceId &instance)
{
    if (const int row = m_model->rowOf(instance); row >= 0)
        m_list->setCurrentIndex(m_model->index(row, 0));
}

void InstanceListView::applyFilter()
{
    auto filter = filterOf(m_tabs->checkedId());
    filter.flow = m_flow;
    const auto query =
        engine::instanceQueryFrom(m_search->text().toStdString(), engine::SystemClock().now());
    if (query)
        return m_model->setFilter(filter, *query);
    m_empty->setContent(u"problem"_s, QString::fromStdString(query.error().message));
    m_stack->setCurrentWidget(m_empty);
}

void InstanceListView::showCounts()
{
    const auto counts = m_counts.of(m_flow);
    const QLocale locale;
    const std::array<std::pair<QString, std::int64_t>, TabCount> tabs{{
        {tr("All"), total(counts)},
        {tr("Waiting"), counts.waiting},
        {tr("Running"), counts.running},
        {tr("Failed"), counts.failed},
        {tr("Completed"), counts.completed},
    }};
    std::array<QString, TabCount> texts;
    int wide = 0;
    for (std::size_t tab = 0; tab < TabCount; ++tab) {
        const auto &[name, count] = tabs.at(tab);
        //: A filter of the list: %1 is a state, %2 how many instances are in it.
        texts.at(tab) = tr("%1 %2").arg(name, locale.toString(static_cast<qlonglong>(count)));
        wide += tabWidth(texts.at(tab));
    }
    const bool withNumbers = wide <= width() - 2 * tabsMargin;
    for (std::size_t tab = 0; tab < TabCount; ++tab) {
        QAbstractButton *button = m_tabs->button(static_cast<int>(tab));
        button->setText(withNumbers ? texts.at(tab) : tabs.at(tab).first);
        button->setToolTip(withNumbers ? QString() : texts.at(tab));
        button->setAccessibleName(texts.at(tab));
    }
}

bool InstanceListView::isFiltered() const
{
    return !m_search->text().isEmpty() || m_tabs->checkedId() != All;
}

void InstanceListView::showEmptiness()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 || m_model->isLoading() ? 0 : 1);
    if (isFiltered())
        m_empty->setContent(
            u"search"_s, tr("No instance matches this filter."), tr("Clear filter"));
    else
        m_empty->setContent(u"flows"_s, tr("No instance has been started yet."), tr("Start one…"));
}

void InstanceListView::leaveEmptiness()
{
    if (!isFiltered()) {
        Q_EMIT startChosen(m_flow);
        return;
    }
    m_tabs->button(All)->setChecked(true);
    m_search->clear();
    applyFilter();
}

void InstanceListView::openCurrent()
{
    if (const auto current = m_list->currentIndex(); current.isValid())
        Q_EMIT openChosen(m_model->at(current.row()).instance);
}

void InstanceListView::raiseCurrent()
{
    if (const auto current = m_list->currentIndex(); current.isValid())
        Q_EMIT raiseChosen(m_model->at(current.row()).instance);
}

bool InstanceListView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: openCurrent(); return true;
    case Qt::Key_R: raiseCurrent(); return true;
    default: return QWidget::eventFilter(watched, event);
    }
}

void InstanceListView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showCounts();
}

void InstanceListView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_start)
        m_start->setIcon(app::icon(u"add"_s, app::Color::Text));
}

} // namespace monitor
