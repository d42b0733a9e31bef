#include "monitor/views/task_view.h"

#include "app/widgets/field.h"
#include "app/widgets/icons.h"
#include "app/widgets/json_editor.h"
#include "app/widgets/schema_example.h"
#include "app/widgets/section_head.h"
#include "app/widgets/theme.h"
#include "monitor/engine_feed/task_feed.h"
#include "monitor/models/flow_book.h"
#include "monitor/models/task_words.h"
#include "monitor/models/words.h"
#include "monitor/views/task_head.h"
#include "monitor/views/text_label.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

constexpr int commentHeight = 72;
constexpr int margin = 16;
constexpr int widest = 760; ///< longer lines are hard to read

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

QFrame *hairline()
{
    auto *line = new QFrame;
    app::setSurface(line, "line");
    line->setFixedHeight(1);
    return line;
}

const char *roleOf(engine::OutcomeKind kind, bool isFirstPositive)
{
    switch (kind) {
    case engine::OutcomeKind::Positive: return isFirstPositive ? "approve" : "good";
    case engine::OutcomeKind::Negative: return "danger";
    case engine::OutcomeKind::Neutral: break;
    }
    return "";
}

} // namespace

TaskView::TaskView(TaskFeed &feed, FlowBook &flows, std::string user, QWidget *parent)
    : QWidget(parent)
    , m_feed(feed)
    , m_flows(flows)
    , m_user(std::move(user))
{
    app::setSurface(this, "panel");
    setAttribute(Qt::WA_StyledBackground);
    auto *page = new QWidget;
    app::setSurface(page, "panel");
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(8);
    page->setMaximumWidth(widest);
    m_head = new TaskHead;
    connect(m_head, &TaskHead::instanceChosen, this,
        [this] { Q_EMIT instanceChosen(m_row.task.instance); });
    column->addWidget(m_head);
    column->addWidget(hairline());
    makeAnswer(*column);
    column->addWidget(hairline());
    m_history = textLabel(app::Type::Small, "text2");
    m_history->setObjectName(u"history"_s);
    m_history->setTextFormat(Qt::RichText);
    column->addWidget(new app::SectionHead(tr("History")));
    column->addWidget(m_history);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(page);
    app::setSurface(scroll->viewport(), "panel");
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    connect(&feed, &TaskFeed::changed, this, &TaskView::follow);
    connect(&flows, &FlowBook::changed, this, &TaskView::showRow);
    icons();
}

void TaskView::makeAnswer(QVBoxLayout &column)
{
    m_answer = new QWidget;
    auto *inner = new QVBoxLayout(m_answer);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(8);
    inner->addWidget(new app::SectionHead(tr("Your answer")));
    m_formHead = textLabel(app::Type::Caption, "text2");
    m_formHead->setText(tr("Form · JSON"));
    m_form = new app::JsonEditor;
    m_form->setObjectName(u"form"_s);
    m_form->edit()->setAccessibleName(tr("Form"));
    m_form->edit()->installEventFilter(this);
    m_form->edit()->setFixedHeight(commentHeight + 32);
    m_comment = new QPlainTextEdit;
    m_comment->setObjectName(u"comment"_s);
    m_comment->setTabChangesFocus(true);
    m_comment->setFont(app::font(app::Type::Small));
    m_comment->setFixedHeight(commentHeight);
    m_comment->setPlaceholderText(tr("Goes with the answer"));
    m_comment->installEventFilter(this);
    m_commentField = new app::Field(tr("Comment"), m_comment);
    connect(m_comment, &QPlainTextEdit::textChanged, this, [this] {
        m_commentField->setError({});
        if (m_task)
            m_drafts[*m_task].comment = m_comment->toPlainText();
    });
    connect(m_form, &app::JsonEditor::edited, this, [this] {
        if (m_task)
            m_drafts[*m_task].data = m_form->text();
    });
    m_outcomes = new QHBoxLayout;
    m_outcomes->setSpacing(8);
    inner->addWidget(m_formHead);
    inner->addWidget(m_form);
    inner->addWidget(m_commentField);
    inner->addLayout(m_outcomes);
    makeActions(*inner);
    column.addWidget(m_answer);
    m_problem = textLabel(app::Type::Small, "error");
    m_problem->setObjectName(u"problem"_s);
    m_problem->hide();
    column.addWidget(m_problem);
}

void TaskView::makeActions(QVBoxLayout &column)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    const auto add = [&](const QString &words, const QString &name) {
        auto *button = new QPushButton(words);
        button->setObjectName(name);
        app::setRole(button, "flat");
        line->addWidget(button);
        return button;
    };
    m_say = add(tr("Comment"), u"say"_s);
    m_say->setToolTip(tr("Says it without deciding."));
    m_askBack = add(tr("Ask back"), u"askBack"_s);
    m_askBack->setToolTip(tr("Asks it without deciding; it stands open until somebody answers."));
    m_reassign = add(tr("Reassign"), u"reassign"_s);
    m_claim = add(tr("Claim"), u"claim"_s);
    line->addStretch(1);
    column.addLayout(line);
    makeReassigning(column);
    connect(m_say, &QPushButton::clicked, this, [this] { say(false); });
    connect(m_askBack, &QPushButton::clicked, this, [this] { say(true); });
    connect(m_reassign, &QPushButton::clicked, this, &TaskView::openReassigning);
    connect(m_claim, &QPushButton::clicked, this, &TaskView::claim);
}

void TaskView::makeReassigning(QVBoxLayout &column)
{
    m_reassigning = new QWidget;
    auto *line = new QHBoxLayout(m_reassigning);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    m_people = new QLineEdit;
    m_people->setObjectName(u"people"_s);
    m_people->setPlaceholderText(tr("names, with commas between them"));
    m_people->setAccessibleName(tr("Who is asked from now on"));
    m_people->installEventFilter(this);
    auto *give = new QPushButton(tr("Give to them"));
    give->setObjectName(u"give"_s);
    line->addWidget(m_people, 1);
    line->addWidget(give);
    m_reassigning->hide();
    column.addWidget(m_reassigning);
    connect(m_people, &QLineEdit::returnPressed, this, &TaskView::reassign);
    connect(give, &QPushButton::clicked, this, &TaskView::reassign);
}

void TaskView::icons()
{
    m_say->setIcon(app::icon(u"comment"_s));
    m_askBack->setIcon(app::icon(u"back"_s));
    m_reassign->setIcon(app::icon(u"reassign"_s));
    m_claim->setIcon(app::icon(u"approval"_s));
}

void TaskView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_claim)
        return;
    icons();
    showRow();
}

const engine::Flow *TaskView::flow() const
{
    return m_flows.find(m_row.task.flow, m_row.task.version);
}

const engine::ApprovalStep *TaskView::approval() const
{
    const engine::Flow *found = m_task ? flow() : nullptr;
    const engine::Step *step = found ? engine::findStep(*found, m_row.task.step) : nullptr;
    return step ? std::get_if<engine::ApprovalStep>(&step->body) : nullptr;
}

void TaskView::showTask(const TaskRow &row)
{
    const bool isOther = m_task != row.task.id;
    m_row = row;
    if (isOther) {
        m_task.reset(); // what is shown anew is nobody's draft
        m_comment->setPlainText({});
        m_task = row.task.id;
        m_head->setText({});
        m_history->clear();
        m_reassigning->hide();
        m_people->clear();
        m_shownForm.reset();
        m_shownOutcomes.clear();
        showDraft();
    }
    showRow();
    ask();
}

void TaskView::showRow()
{
    if (!m_task)
        return;
    m_answer->setVisible(!m_row.isClosed);
    showProblem(m_row.problem);
    m_head->showTask(m_row, approval(), flow());
    const bool isMine = m_row.task.claimedBy == m_user && !m_user.empty();
    m_claim->setText(isMine ? tr("Give back") : tr("Claim"));
    const engine::ApprovalStep *asks = approval();
    if (!asks)
        return;
    showOutcomes(*asks);
    showForm(*asks);
}

void TaskView::showOutcomes(const engine::ApprovalStep &approval)
{
    QStringList needing;
    for (const engine::ApprovalOutcome &outcome : approval.outcomes)
        if (needsComment(approval, outcome))
            needing += u"“%1”"_s.arg(text(outcome.name));
    m_commentField->setHint(needing.isEmpty() ? QString()
                            : needing.size() == static_cast<qsizetype>(approval.outcomes.size())
                                ? tr("Needed with every answer.")
                                : tr("Needed with %1.").arg(needing.join(u", "_s)));
    if (m_shownOutcomes == approval.outcomes)
        return;
    m_shownOutcomes = approval.outcomes;
    for (QPushButton *button : m_outcomeButtons) { // perhaps it is one of them that called us
        button->hide();
        button->setObjectName({});
        button->deleteLater();
    }
    m_outcomeButtons.clear();
    for (const engine::ApprovalOutcome &outcome : approval.outcomes) {
        auto *button = new QPushButton(outcomeWord(outcome).replace(u'&', u"&&"_s));
        button->setObjectName(u"outcome."_s + text(outcome.name));
        const bool isFirst = &outcome == firstOutcome(approval, engine::OutcomeKind::Positive);
        app::setRole(button, roleOf(outcome.kind, isFirst));
        if (isFirst)
            button->setToolTip(tr("Key: A"));
        else if (&outcome == firstOutcome(approval, engine::OutcomeKind::Negative))
            button->setToolTip(tr("Key: R"));
        button->installEventFilter(this);
        connect(button, &QPushButton::clicked, this,
            [this, name = outcome.name] { Q_EMIT outcomeChosen(name); });
        m_outcomes->addWidget(button, 1);
        m_outcomeButtons.push_back(button);
    }
}

void TaskView::showForm(const engine::ApprovalStep &approval)
{
    m_form->setVisible(approval.form.has_value());
    m_formHead->setVisible(approval.form.has_value());
    if (m_shownForm == approval.form)
        return;
    m_shownForm = approval.form;
    const QSignalBlocker blocker(m_form); // what is shown first is nobody's draft
    const auto draft = m_drafts.find(*m_task);
    if (draft != m_drafts.end() && !draft->second.data.isEmpty())
        m_form->setText(draft->second.data);
    else if (approval.form)
        m_form->setText(text(app::exampleOf(*approval.form).tree().dump(2)));
}

void TaskView::showDraft()
{
    const auto draft = m_drafts.find(*m_task);
    if (draft != m_drafts.end())
        m_comment->setPlainText(QString(draft->second.comment));
}

QString TaskView::comment() const { return m_comment->toPlainText().trimmed(); }

std::optional<engine::JsonText> TaskView::data() const
{
    return m_shownForm ? m_form->value() : engine::JsonText();
}

void TaskView::forget(const engine::TaskId &task)
{
    m_drafts.erase(task);
    if (m_task != task)
        return;
    m_comment->clear();
    m_drafts.erase(task);
}

void TaskView::focusComment() { m_comment->setFocus(Qt::ShortcutFocusReason); }

void TaskView::askForComment(const engine::ApprovalOutcome &outcome)
{
    //: Below the comment; %1 is an outcome.
    m_commentField->setError(
        tr("Say why: “%1” needs a comment. Then answer again.").arg(text(outcome.name)));
    focusComment();
}

bool TaskView::hasUntouchedForm() const
{
    const auto draft = m_drafts.find(*m_task);
    return m_shownForm && (draft == m_drafts.end() || draft->second.data.isEmpty());
}

void TaskView::askForData()
{
    if (m_form->value())
        m_form->setError(tr("Look at the form first. Then answer again."));
    m_drafts[*m_task].data = m_form->text();
    m_form->edit()->setFocus(Qt::ShortcutFocusReason);
}

void TaskView::openReassigning()
{
    m_reassigning->show();
    m_people->setFocus(Qt::ShortcutFocusReason);
}

bool TaskView::eventFilter(QObject *watched, QEvent *event)
{
    // The second press of a double click on an outcome would answer the task that comes next.
    if (event->type() == QEvent::MouseButtonDblClick && qobject_cast<QPushButton *>(watched))
        return true;
    if (event->type() != QEvent::KeyPress ||
        static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    if (watched == m_people)
        m_reassigning->hide();
    Q_EMIT left();
    return true;
}

void TaskView::ask()
{
    m_feed.find(*m_task, this, [this, task = *m_task](engine::Result<engine::TaskDetail> detail) {
        if (m_task == task && detail)
            takeDetail(*detail);
    });
}

void TaskView::follow(const std::vector<engine::InstanceSummary> &instances)
{
    const bool isOurs = std::ranges::find(instances, m_row.task.instance,
                            &engine::InstanceSummary::instance) != instances.end();
    if (m_task && isOurs)
        ask();
}

void TaskView::takeDetail(const engine::TaskDetail &detail)
{
    m_head->setText(text(detail.text));
    showHistory(detail);
}

void TaskView::showHistory(const engine::TaskDetail &detail)
{
    QString lines;
    for (const auto &[at, words] : historyWords(detail))
        lines +=
            u"<tr><td style='color:%1; padding-bottom:4px; padding-right:12px'>%2</td>"
            "<td style='padding-bottom:4px'>%3</td></tr>"_s.arg(
                app::color(app::Color::Text3).name(),
                timeWord(at).toHtmlEscaped().replace(u' ', u"&nbsp;"_s), words.toHtmlEscaped());
    m_history->setText(u"<table cellspacing='0' cellpadding='0'>%1</table>"_s.arg(lines));
}

void TaskView::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

Answer<engine::Acceptance> TaskView::told()
{
    m_busy = true; // the buttons stay enabled: a disabled one would give the focus away
    return [this, task = *m_task](const engine::Result<engine::Acceptance> &accepted) {
        m_busy = false;
        if (m_task == task)
            showProblem(accepted ? QString() : text(accepted.error().message));
    };
}

void TaskView::say(bool question)
{
    if (m_busy)
        return;
    if (comment().isEmpty()) {
        m_commentField->setError(
            question ? tr("Write the question first.") : tr("Write the comment first."));
        return focusComment();
    }
    engine::CommentRequest request{.task = *m_task,
        .by = m_user,
        .text = comment().toStdString(),
        .question = question,
        .source = {.via = "window", .who = m_user}};
    auto then = told();
    m_feed.comment(std::move(request), this,
        [this, then, task = *m_task](const engine::Result<engine::Acceptance> &accepted) {
            if (accepted)
                forget(task);
            then(accepted);
        });
}

void TaskView::claim()
{
    if (m_busy)
        return;
    const engine::ClaimRequest request{
        .task = *m_task, .by = m_user, .source = {.via = "window", .who = m_user}};
    if (m_row.task.claimedBy == m_user)
        m_feed.giveBack(request, this, told());
    else
        m_feed.claim(request, this, told());
}

void TaskView::reassign()
{
    engine::ReassignRequest request{.task = *m_task, .source = {.via = "window", .who = m_user}};
    for (const QString &name : m_people->text().split(u',', Qt::SkipEmptyParts))
        if (const QString trimmed = name.trimmed(); !trimmed.isEmpty())
            request.to.push_back(trimmed.toStdString());
    if (m_busy)
        return;
    if (request.to.empty())
        return showProblem(tr("Write who is asked from now on."));
    auto then = told();
    m_feed.reassign(
        std::move(request), this, [this, then](const engine::Result<engine::Acceptance> &accepted) {
            m_reassigning->setVisible(!accepted);
            then(accepted);
        });
}

} // namespace monitor
