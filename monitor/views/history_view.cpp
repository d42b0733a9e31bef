#include "monitor/views/history_view.h"

#include "app/widgets/json_view.h"
#include "app/widgets/search_field.h"
#include "app/widgets/theme.h"
#include "engine/history/history_json.h"
#include "monitor/models/history_model.h"
#include "monitor/models/run_model.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {
constexpr int narrowest = 860; // below it what happened would have no room beside the chosen event
}

HistoryView::HistoryView(RunModel &run, FlowBook &flows, QWidget *parent)
    : QWidget(parent)
    , m_model(new HistoryModel(run, flows, this))
    , m_found(new QSortFilterProxyModel(this))
{
    m_found->setSourceModel(m_model);
    m_found->setFilterKeyColumn(-1);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_split = new QSplitter(Qt::Horizontal);
    m_split->addWidget(makeTable());
    m_split->addWidget(makeDetail());
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    m_split->setHandleWidth(1);
    m_split->setChildrenCollapsible(false);
    layout->addWidget(m_split);
    connect(m_found, &QSortFilterProxyModel::rowsInserted, this, &HistoryView::followEnd);
    connect(m_found, &QSortFilterProxyModel::modelReset, this, &HistoryView::showCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &HistoryView::showCurrent);
    followEnd();
}

QWidget *HistoryView::makeTable()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_search = new app::SearchField(tr("Find in the log"));
    connect(
        m_search, &QLineEdit::textChanged, m_found, &QSortFilterProxyModel::setFilterFixedString);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 8, 12, 8);
    bar->addWidget(m_search);
    layout->addLayout(bar);
    m_table = new QTableView;
    m_table->setModel(m_found);
    m_table->setAccessibleName(tr("Log"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(HistoryModel::Number, 44);
    m_table->setColumnWidth(HistoryModel::At, 164);
    m_table->setColumnWidth(HistoryModel::Type, 140);
    m_table->setColumnWidth(HistoryModel::Step, 130);
    layout->addWidget(m_table, 1);
    auto *scroll = m_table->verticalScrollBar();
    connect(scroll, &QScrollBar::valueChanged, this,
        [this, scroll](int value) { m_atEnd = value == scroll->maximum(); });
    return part;
}

QWidget *HistoryView::makeDetail()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    m_title = new QLabel;
    m_title->setFont(app::font(app::Type::BodyStrong));
    m_detail = new app::JsonView;
    m_detail->setAccessibleName(tr("The chosen event in full"));
    m_none = new QLabel(tr("Choose an event to see all of it."));
    m_none->setAlignment(Qt::AlignTop);
    m_none->setWordWrap(true);
    app::setRole(m_none, "text3");
    layout->addWidget(m_none, 1);
    layout->addWidget(m_title);
    layout->addWidget(m_detail, 1);
    return part;
}

void HistoryView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const auto wanted = width() < narrowest ? Qt::Vertical : Qt::Horizontal;
    if (wanted == m_split->orientation())
        return;
    m_split->setOrientation(wanted);
    m_split->setSizes({3000, 2000}); // shares: sizes of the other direction say nothing
}

void HistoryView::showCurrent()
{
    const auto current = m_found->mapToSource(m_table->currentIndex());
    m_none->setVisible(!current.isValid());
    m_title->setVisible(current.isValid());
    m_detail->setVisible(current.isValid());
    if (!current.isValid())
        return;
    const auto &event = m_model->at(current.row());
    m_title->setText(current.siblingAtColumn(HistoryModel::Type).data().toString());
    m_detail->showJson(engine::toJsonText(event));
    Q_EMIT stepChosen({current.data(HistoryModel::StepRole).toString().toStdString()});
}

void HistoryView::followEnd()
{
    if (m_atEnd)
        m_table->scrollToBottom();
    if (!m_table->currentIndex().isValid())
        showCurrent();
}

void HistoryView::chooseStep(const engine::StepId &step)
{
    const auto wanted = QString::fromStdString(step.value);
    for (int row = m_found->rowCount() - 1; row >= 0 && !wanted.isEmpty(); --row) {
        const auto index = m_found->index(row, 0);
        if (index.data(HistoryModel::StepRole).toString() != wanted)
            continue;
        if (m_table->currentIndex().row() != row)
            m_table->selectRow(row);
        return;
    }
}

} // namespace monitor
