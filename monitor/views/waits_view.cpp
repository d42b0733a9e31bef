#include "monitor/views/waits_view.h"

#include "app/widgets/icons.h"
#include "app/widgets/theme.h"
#include "engine/history/run_progress.h"
#include "monitor/models/flow_book.h"
#include "monitor/models/run_model.h"
#include "monitor/models/wait_words.h"
#include "monitor/models/words.h"

#include <QDateTime>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QLabel *line(const QString &text, app::Type type, const QString &role = {})
{
    auto *label = new QLabel(text);
    label->setFont(app::font(type));
    label->setTextFormat(Qt::PlainText);
    if (!role.isEmpty())
        label->setProperty("role", role);
    return label;
}

QWidget *twoLines(QLabel *first, QLabel *second)
{
    auto *cell = new QWidget;
    auto *layout = new QVBoxLayout(cell);
    layout->setContentsMargins(0, 8, 0, 8);
    layout->setSpacing(0);
    layout->addWidget(first);
    layout->addWidget(second);
    return cell;
}

engine::Instant now()
{
    return engine::Instant(engine::Milliseconds(QDateTime::currentMSecsSinceEpoch()));
}

bool stands(const engine::StepTrace &trace)
{
    return trace.progress == engine::StepProgress::Waiting;
}

} // namespace

struct WaitsView::Moment {
    QLabel *label;
    engine::Instant instant;
    bool isDue; ///< counts down to it, else up from it
};

WaitsView::WaitsView(RunModel &run, FlowBook &flows, QWidget *parent)
    : QWidget(parent)
    , m_run(run)
    , m_flows(flows)
{
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(16, 8, 16, 4);
    m_layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    m_mark = new QLabel;
    m_summary = line({}, app::Type::Small, u"text2"_s);
    head->addWidget(m_mark);
    head->addWidget(line(tr("What it is waiting for"), app::Type::BodyStrong));
    head->addWidget(m_summary);
    head->addStretch(1);
    m_layout->addLayout(head);
    m_clock.setInterval(1000);
    connect(&m_clock, &QTimer::timeout, this, &WaitsView::tick);
    connect(&run, &RunModel::progressChanged, this, &WaitsView::rebuild);
    connect(&run, &RunModel::restarted, this, &WaitsView::rebuild);
    connect(&flows, &FlowBook::changed, this, &WaitsView::rebuild);
    rebuild();
}

WaitsView::~WaitsView() = default;

void WaitsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

void WaitsView::rebuild()
{
    m_mark->setPixmap(app::icon(u"hourglass"_s, app::Color::Waiting).pixmap(16, 16));
    m_moments.clear();
    if (m_rows)
        m_rows->deleteLater();
    m_rows = new QWidget;
    auto *layout = new QVBoxLayout(m_rows);
    layout->setContentsMargins(0, 8, 0, 4);
    layout->setSpacing(0);
    auto *table = new QWidget;
    auto *grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(0);
    layout->addWidget(table);
    m_layout->addWidget(m_rows);

    const auto &progress = m_run.progress();
    const bool isLive = !isFinished(progress.status);
    int row = 1;
    for (std::size_t i = 0; isLive && i < progress.steps.size(); ++i)
        if (stands(progress.steps[i]))
            addWait(*grid, row++, i);
    if (row > 1)
        addHead(*grid);
    for (std::size_t i = 0; isLive && i < progress.kept.size(); ++i)
        addKept(i);
    m_summary->setText(tr("%n step(s) wait", nullptr, row - 1));
    setVisible(row > 1 || (isLive && !progress.kept.empty()));
    tick();
    if (m_moments.empty())
        m_clock.stop();
    else
        m_clock.start();
}

void WaitsView::addHead(QGridLayout &grid)
{
    const QStringList names{{}, tr("For what"), tr("Since"), tr("Until"), tr("What then")};
    for (int column = 1; column < names.size(); ++column)
        grid.addWidget(line(names[column], app::Type::Caption, u"text3"_s), 0, column);
    for (int column = 1; column < names.size(); ++column)
        grid.setColumnStretch(column, column == 1 ? 4 : 3);
}

void WaitsView::addWait(QGridLayout &grid, int row, std::size_t step)
{
    const auto &trace = m_run.progress().steps[step];
    const auto *flow = m_flows.find(m_run.summary().flow, m_run.summary().version);
    const auto words = wordsFor(trace, flow);
    const bool isTimer = trace.waitsFor.empty();
    auto *tile = new QLabel;
    tile->setPixmap(
        app::icon(isTimer ? u"timer"_s : u"wait"_s, app::Color::KindWait).pixmap(20, 20));
    grid.addWidget(tile, row, 0);
    grid.addWidget(twoLines(line(words.what, app::Type::BodyStrong),
                       line(words.where, app::Type::Small, u"text2"_s)),
        row, 1);
    const auto since = trace.since.value_or(m_run.summary().createdAt);
    auto *age = line({}, app::Type::Small, u"text2"_s);
    m_moments.push_back({age, since, false});
    auto *sinceCell = twoLines(line(timeWord(since), app::Type::Small), age);
    sinceCell->setToolTip(exactTimeWord(since));
    grid.addWidget(sinceCell, row, 2);
    auto *left =
        line(trace.until ? QString() : tr("it waits for ever"), app::Type::Small, u"text2"_s);
    if (trace.until)
        m_moments.push_back({left, *trace.until, true});
    grid.addWidget(
        twoLines(
            line(trace.until ? timeWord(*trace.until) : tr("no limit"), app::Type::Small), left),
        row, 3);
    grid.addWidget(twoLines(line(words.then, app::Type::Small),
                       line(words.thenMore, app::Type::Small, u"text2"_s)),
        row, 4);
    if (isTimer)
        return;
    auto *raise = new QPushButton(app::icon(u"wait"_s, app::Color::OnAccent), tr("Raise…"));
    raise->setProperty("role", row == 1 ? u"primary"_s : QString());
    raise->setAccessibleName(tr("Raise %1").arg(words.what));
    connect(raise, &QPushButton::clicked, this,
        [this, name = QString::fromStdString(trace.waitsFor.front())] {
            Q_EMIT raiseChosen(name);
        });
    grid.addWidget(raise, row, 5, Qt::AlignVCenter);
}

void WaitsView::addKept(std::size_t event)
{
    const auto &kept = m_run.progress().kept[event];
    auto *rowWidget = new QWidget;
    auto *layout = new QHBoxLayout(rowWidget);
    layout->setContentsMargins(0, 8, 0, 4);
    layout->setSpacing(8);
    auto *mark = new QLabel;
    mark->setPixmap(app::icon(u"archive"_s, app::Color::Text2).pixmap(16, 16));
    layout->addWidget(mark);
    layout->addWidget(
        line(tr("Kept, no step has asked for it yet:"), app::Type::Small, u"text2"_s));
    layout->addWidget(line(QString::fromStdString(kept.name), app::Type::SmallStrong));
    if (kept.eventId)
        layout->addWidget(line(QString::fromStdString(*kept.eventId), app::Type::Mono, u"text2"_s));
    auto *age = line({}, app::Type::Small, u"text2"_s);
    m_moments.push_back({age, kept.at, false});
    layout->addWidget(age);
    layout->addStretch(1);
    rowWidget->setToolTip(QString::fromStdString(kept.payload.text()));
    m_rows->layout()->addWidget(rowWidget);
}

void WaitsView::tick()
{
    for (const auto &moment : m_moments) {
        const auto distance = moment.isDue ? moment.instant - now() : now() - moment.instant;
        const auto word = durationWord(std::max(distance, engine::Milliseconds(0)));
        moment.label->setText(moment.isDue ? tr("in %1").arg(word) : word);
    }
}

} // namespace monitor
