#include "monitor/views/inbox_view.h"

#include "app/widgets/empty_state.h"
#include "app/widgets/theme.h"
#include "engine/model/flow.h"
#include "monitor/engine_feed/task_feed.h"
#include "monitor/models/task_model.h"
#include "monitor/models/task_words.h"
#include "monitor/views/key_legend.h"
#include "monitor/views/task_delegate.h"
#include "monitor/views/task_view.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace monitor {

using namespace Qt::StringLiterals;

InboxView::InboxView(TaskFeed &feed, FlowBook &flows, const std::string &user, QWidget *parent)
    : QWidget(parent)
    , m_model(new TaskModel(feed, flows, user, this))
    , m_delegate(new TaskDelegate(this))
    , m_task(new TaskView(feed, flows, user))
{
    app::setSurface(this, "panel");
    setAttribute(Qt::WA_StyledBackground);
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(makeList());
    split->addWidget(m_task);
    m_task->setMinimumWidth(320);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setHandleWidth(1);
    split->setSizes({1000, 1000}); // shares
    split->setChildrenCollapsible(false);
    m_empty = new app::EmptyState;
    m_stack = new QStackedWidget;
    m_stack->addWidget(split);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connectParts();
    showEmptiness();
}

QWidget *InboxView::makeList()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_list = new QListView;
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMinimumWidth(360);
    app::setSurface(m_list, "panel");
    m_list->setAccessibleName(tr("Open approvals"));
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    layout->addWidget(m_list, 1);
    layout->addWidget(new KeyLegend({{u"J K"_s, tr("move")}, {u"A"_s, tr("approve")},
        {u"R"_s, tr("reject")}, {u"C"_s, tr("comment")}, {u"E"_s, tr("reassign")}}));
    return side;
}

void InboxView::connectParts()
{
    // Queued: while rows go, the model must not be asked to change.
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &InboxView::showCurrent, Qt::QueuedConnection);
    connect(m_delegate, &TaskDelegate::outcomeChosen, this,
        [this](const QModelIndex &index, const std::string &outcome) {
            m_list->setCurrentIndex(index);
            showCurrent();
            answerFromRow(outcome);
        });
    connect(m_task, &TaskView::outcomeChosen, this, &InboxView::answer);
    connect(m_task, &TaskView::instanceChosen, this, &InboxView::instanceChosen);
    connect(m_task, &TaskView::left, this, [this] { m_list->setFocus(); });
    connect(m_model, &TaskModel::openChanged, this, &InboxView::showEmptiness);
    connect(m_model, &TaskModel::openChanged, this, &InboxView::openChanged);
    connect(m_model, &TaskModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last) {
            const int row = m_list->currentIndex().row();
            if (first.row() <= row && row <= last.row())
                showCurrent();
        });
    connect(m_model, &TaskModel::accepted, this,
        [this](const engine::TaskId &task, const QString &title, const QString &outcome) {
            m_task->forget(task);
            //: In passing; %1 is an outcome, %2 the title of a task.
            Q_EMIT said(tr("Answered “%1”: %2").arg(outcome, title));
        });
    connect(m_model, &TaskModel::failed, this, [this](const QString &problem) {
        m_empty->setContent(u"problem"_s, problem);
        m_stack->setCurrentWidget(m_empty);
    });
    m_ages.setInterval(1000);
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (m_list->isVisible())
            m_list->viewport()->update();
    });
    m_ages.start();
}

qint64 InboxView::open() const { return m_model->open(); }

void InboxView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_list->setFocus();
    showCurrent();
}

void InboxView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model->watch({});
}

void InboxView::showEmptiness()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_empty->setContent(u"inbox"_s, m_model->isLoading() ? tr("Looking for open approvals.")
                                                         : tr("Nothing waits for an answer."));
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    if (isEmpty && hadFocus)
        setFocus(); // so that the keys are here when something comes in again
    if (isEmpty)
        return;
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0));
    const QWidget *focused = QApplication::focusWidget();
    if (hadFocus && (focused == this || !isAncestorOf(focused)))
        m_list->setFocus();
}

void InboxView::showCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    m_delegate->setCurrent(current);
    m_list->viewport()->update();
    if (!current.isValid())
        return m_model->watch({});
    const TaskRow row = m_model->at(current.row());
    m_model->watch(row.task.id);
    m_task->showTask(row);
}

bool InboxView::eventFilter(QObject *watched, QEvent *event)
{
    // The second press of a double click would be for the task that has just come up there.
    if (watched == m_list->viewport() && event->type() == QEvent::MouseButtonDblClick)
        return true;
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    return takeKey(*key);
}

void InboxView::keyPressEvent(QKeyEvent *event)
{
    if (!takeKey(*event))
        QWidget::keyPressEvent(event);
}

bool InboxView::takeKey(const QKeyEvent &event)
{
    if (event.modifiers() != Qt::NoModifier || !m_list->currentIndex().isValid())
        return false;
    const int key = event.key();
    if (event.isAutoRepeat() && (key == Qt::Key_A || key == Qt::Key_R))
        return true; // a key that is held answers one task, not all
    showCurrent(); // what J and K chose may not be shown yet
    switch (key) {
    case Qt::Key_J: move(1); return true;
    case Qt::Key_K: move(-1); return true;
    case Qt::Key_A: answerWith(engine::OutcomeKind::Positive); return true;
    case Qt::Key_R: answerWith(engine::OutcomeKind::Negative); return true;
    case Qt::Key_C: m_task->focusComment(); return true;
    case Qt::Key_E: m_task->openReassigning(); return true;
    default: return false;
    }
}

void InboxView::move(int by)
{
    const int present = m_list->currentIndex().row();
    const int row = std::clamp(present + by, 0, m_model->rowCount() - 1);
    if (row == present && m_model->at(row).isClosed)
        return m_model->watch({}); // it was seen, and there is nothing else to look at
    m_list->setCurrentIndex(m_model->index(row));
}

void InboxView::answerWith(engine::OutcomeKind kind)
{
    const auto *approval = m_model->approvalOf(m_list->currentIndex().row());
    if (const auto *outcome = approval ? firstOutcome(*approval, kind) : nullptr)
        answerFromRow(outcome->name);
}

/// From the row nobody sees the form, which may begin with values that nobody chose.
void InboxView::answerFromRow(const std::string &outcome)
{
    if (m_task->task() && m_task->hasUntouchedForm())
        return m_task->askForData();
    answer(outcome);
}

void InboxView::answer(const std::string &outcome)
{
    const int row = m_list->currentIndex().row();
    const auto *approval = row < 0 ? nullptr : m_model->approvalOf(row);
    const auto *chosen = approval ? engine::findOutcome(*approval, outcome) : nullptr;
    if (!chosen || m_model->at(row).isClosed)
        return;
    if (needsComment(*approval, *chosen) && m_task->comment().isEmpty())
        return m_task->askForComment(*chosen);
    const auto filled = m_task->data();
    if (!filled)
        return m_task->askForData();
    const TaskReply reply{
        m_model->at(row).task.id, chosen->name, m_task->comment().toStdString(), *filled};
    m_list->setFocus(); // the button that was clicked goes with its task
    m_model->answer(reply);
}

} // namespace monitor
