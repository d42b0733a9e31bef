#include "monitor/views/task_head.h"

#include "app/widgets/badge.h"
#include "app/widgets/section_head.h"
#include "app/widgets/theme.h"
#include "monitor/models/task_words.h"
#include "monitor/models/words.h"
#include "monitor/views/text_label.h"

#include <QDateTime>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

engine::Instant now()
{
    return engine::Instant(engine::Milliseconds(QDateTime::currentMSecsSinceEpoch()));
}

app::Badge dueBadge(const engine::TaskSummary &task)
{
    const auto moment = now();
    //: Badge of a task; %1 is `today 17:00`.
    const QString words = TaskHead::tr("due %1").arg(dueWord(task, moment));
    if (!task.dueAt)
        return {u"hourglass"_s, TaskHead::tr("no limit"), app::Color::Text2, app::Color::Inset};
    switch (dueGroup(task, moment)) {
    case DueGroup::Overdue:
        return {u"hourglass"_s, words, app::Color::Failed, app::Color::FailedTint};
    case DueGroup::Today:
        return {u"hourglass"_s, words, app::Color::Waiting, app::Color::WaitingTint};
    default: return {u"hourglass"_s, words, app::Color::Text2, app::Color::Inset};
    }
}

} // namespace

TaskHead::TaskHead(QWidget *parent)
    : QWidget(parent)
    , m_title(textLabel(app::Type::Title))
    , m_text(textLabel(app::Type::Body, "text2"))
    , m_due(new app::BadgeLabel)
    , m_rules(textLabel(app::Type::Small, "text2"))
{
    m_title->setObjectName(u"title"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_due, 0, Qt::AlignTop);
    line->addWidget(m_rules, 1);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(line);
    auto *hairline = new QFrame;
    app::setSurface(hairline, "line");
    hairline->setFixedHeight(1);
    column->addWidget(hairline);
    makeFacts(*column);
}

void TaskHead::makeFacts(QVBoxLayout &column)
{
    column.addWidget(new app::SectionHead(tr("Facts")));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, 96);
    grid->setColumnStretch(1, 1);
    const QStringList names{tr("Asked"), tr("Claimed by"), tr("Since"), tr("Step"), tr("Instance")};
    for (const QString &name : names) {
        auto *head = textLabel(app::Type::Small, "text2");
        head->setWordWrap(false);
        head->setText(name);
        auto *value = textLabel(app::Type::Small);
        const auto row = static_cast<int>(m_facts.size());
        grid->addWidget(head, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1);
        m_facts.emplace_back(head, value);
    }
    QLabel *instance = m_facts.back().second;
    instance->setTextFormat(Qt::RichText);
    instance->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(instance, &QLabel::linkActivated, this, [this] { Q_EMIT instanceChosen(); });
    column.addLayout(grid);
}

void TaskHead::showTask(
    const TaskRow &row, const engine::ApprovalStep *approval, const engine::Flow *flow)
{
    m_title->setText(text(row.task.title));
    m_due->setBadge(dueBadge(row.task));
    m_due->setVisible(!row.isClosed);
    m_rules->setVisible(!row.isClosed && approval);
    showFacts(row.task, flow);
    if (!approval)
        return;
    QStringList rules{policyWord(*approval)};
    if (const QString then = thenWord(*approval, flow); !then.isEmpty())
        rules += then;
    m_rules->setText(rules.join(u" · "_s));
}

void TaskHead::setText(const QString &text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
}

void TaskHead::showFacts(const engine::TaskSummary &task, const engine::Flow *flow)
{
    QStringList people;
    for (const auto &name : task.assignees)
        people += text(name);
    const QString instance =
        u"<a href='#' style='color:%1; text-decoration:none'>%2</a> · %3 v%4"_s.arg(
            app::color(app::Color::Accent).name(), text(task.instance.value).toHtmlEscaped(),
            text(task.flow.value).toHtmlEscaped(), QString::number(task.version));
    const QStringList values{people.isEmpty() ? tr("anyone") : people.join(u", "_s),
        text(task.claimedBy), timeWord(task.openedAt), stepWord(task.step, flow), instance};
    for (std::size_t row = 0; row < m_facts.size(); ++row) {
        const QString &value = values[static_cast<qsizetype>(row)];
        const auto &[head, shown] = m_facts[row];
        shown->setText(value);
        head->setVisible(!value.isEmpty());
        shown->setVisible(!value.isEmpty());
    }
}

} // namespace monitor
