#include "monitor/models/task_words.h"

#include "engine/base/overloaded.h"
#include "monitor/models/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("monitor::TaskWords", text); }
QString plain(const std::string &text) { return QString::fromStdString(text); }

QDateTime localTime(engine::Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count());
}

QString namesWord(const std::vector<std::string> &names)
{
    QStringList list;
    for (const auto &name : names)
        list += plain(name);
    return list.isEmpty() ? tr("anyone") : list.join(u", "_s);
}

/// The comment in the payload of an answer; empty: it has none.
QString commentIn(const engine::TaskDetail &detail, engine::Sequence event)
{
    const auto found = std::ranges::find(detail.events, event, &engine::HistoryEvent::sequence);
    if (found == detail.events.end())
        return {};
    const auto *raised = std::get_if<engine::EventRaised>(&found->fact);
    const auto tree = raised ? raised->payload.tree() : nlohmann::json();
    const auto comment = tree.is_object() ? tree.find("comment") : tree.end();
    return tree.is_object() && comment != tree.end() && comment->is_string()
               ? plain(comment->get<std::string>())
               : QString();
}

QString closedBy(const engine::TaskClosed &closed)
{
    switch (closed.end) {
    case engine::TaskEnd::Decided: return tr("decided");
    case engine::TaskEnd::Due: return tr("its time was up");
    case engine::TaskEnd::Withdrawn: break;
    }
    return closed.reason.empty() ? tr("no longer needed")
                                 : tr("no longer needed: %1").arg(plain(closed.reason));
}

struct HistoryWords {
    const engine::TaskDetail &detail;

    QString operator()(const engine::TaskOpened &fact) const
    {
        return tr("opened for %1").arg(namesWord(fact.assignees));
    }
    QString operator()(const engine::TaskAnswered &fact) const
    {
        const QString comment = commentIn(detail, fact.event);
        if (comment.isEmpty())
            return tr("%1 answers “%2”").arg(plain(fact.by), plain(fact.outcome));
        return tr("%1 answers “%2”: “%3”").arg(plain(fact.by), plain(fact.outcome), comment);
    }
    QString operator()(const engine::TaskClosed &fact) const { return closedBy(fact); }
    QString operator()(const engine::TaskClaimed &fact) const
    {
        return fact.by.empty() ? tr("given back") : tr("claimed by %1").arg(plain(fact.by));
    }
    QString operator()(const engine::TaskReassigned &fact) const
    {
        return tr("given to %1").arg(namesWord(fact.assignees));
    }
    QString operator()(const engine::TaskCommented &fact) const
    {
        return fact.question ? tr("question by %1: “%2”").arg(plain(fact.by), plain(fact.text))
                             : tr("comment by %1: “%2”").arg(plain(fact.by), plain(fact.text));
    }
    QString operator()(const engine::TaskReminded &) const { return tr("reminder sent"); }
    QString operator()(const engine::TaskEscalated &fact) const
    {
        return tr("escalated to %1").arg(namesWord(fact.assignees));
    }
    /// Timers and the events themselves say nothing that the facts do not.
    template<typename Other>
    QString operator()(const Other &) const
    {
        return {};
    }
};

} // namespace

DueGroup dueGroup(const engine::TaskSummary &task, engine::Instant now)
{
    if (!task.dueAt)
        return DueGroup::NoLimit;
    if (*task.dueAt < now)
        return DueGroup::Overdue;
    return localTime(*task.dueAt).date() == localTime(now).date() ? DueGroup::Today
                                                                  : DueGroup::Later;
}

QString groupWord(DueGroup group)
{
    switch (group) {
    case DueGroup::Overdue: return tr("Overdue");
    case DueGroup::Today: return tr("Due today");
    case DueGroup::Later: return tr("Later");
    case DueGroup::NoLimit: break;
    }
    return tr("Without a limit");
}

QString dueWord(const engine::TaskSummary &task, engine::Instant now)
{
    if (!task.dueAt)
        return tr("no limit");
    const auto due = localTime(*task.dueAt);
    const auto days = localTime(now).date().daysTo(due.date());
    const QLocale locale;
    //: A time on a 24 hour clock, as QLocale formats it.
    const QString clock = locale.toString(due.time(), tr("HH:mm"));
    if (days == 0)
        return tr("today %1").arg(clock);
    if (days == 1)
        return tr("tomorrow %1").arg(clock);
    if (days > 1 && days < 7)
        return u"%1 %2"_s.arg(locale.dayName(due.date().dayOfWeek(), QLocale::ShortFormat), clock);
    //: A day and a time on a 24 hour clock, as QLocale formats them.
    return locale.toString(due, tr("d MMM, HH:mm"));
}

QString askedWord(const engine::TaskSummary &task, engine::Instant now)
{
    constexpr engine::Milliseconds aMinute{60'000};
    const auto age = now - task.openedAt;
    if (age < aMinute)
        return tr("asked just now");
    const QString word = durationWord(age);
    //: %1 is one unit of time: 3 h.
    return tr("asked %1 ago").arg(word.section(u' ', 0, 1));
}

QString placeWord(const engine::TaskSummary &task, const engine::Flow *flow)
{
    return u"%1 · %2"_s.arg(plain(task.flow.value), stepWord(task.step, flow));
}

QString peopleWord(const engine::TaskSummary &task)
{
    QString word = task.claimedBy.empty() ? namesWord(task.assignees)
                                          : tr("claimed by %1").arg(plain(task.claimedBy));
    if (task.answers > 0)
        word += u" · "_s + QCoreApplication::translate(
                               "monitor::TaskWords", "%n answered", nullptr, task.answers);
    if (!task.askedBy.empty())
        word += u" · "_s + tr("question by %1").arg(plain(task.askedBy));
    return word;
}

QString policyWord(const engine::ApprovalStep &approval)
{
    switch (approval.policy) {
    case engine::PolicyMode::First: return tr("the first answer decides");
    case engine::PolicyMode::Everyone: return tr("everyone must agree");
    case engine::PolicyMode::InTurn: return tr("everyone must agree, one after the other");
    case engine::PolicyMode::Count: break;
    }
    return tr("%1 must agree").arg(approval.count);
}

QString thenWord(const engine::ApprovalStep &approval, const engine::Flow *flow)
{
    if (!approval.due)
        return {};
    if (!approval.onTimeout.empty())
        return tr("when it is due the flow goes to %1").arg(stepWord(approval.onTimeout, flow));
    if (approval.fallback.empty())
        return tr("when it is due the step fails");
    return tr("when it is due the answer is “%1”").arg(plain(approval.fallback));
}

QString outcomeWord(const engine::ApprovalOutcome &outcome)
{
    QString word = plain(outcome.name);
    if (!word.isEmpty())
        word[0] = word[0].toUpper();
    return word;
}

QString closedWord(const engine::TaskDetail &detail)
{
    if (!detail.closed)
        return {};
    for (auto event = detail.events.rbegin(); event != detail.events.rend(); ++event)
        if (const auto *answered = std::get_if<engine::TaskAnswered>(&event->fact);
            answered && detail.closed->end == engine::TaskEnd::Decided)
            return tr("No longer open: %1 answered “%2” at %3.")
                .arg(plain(answered->by), plain(answered->outcome), timeWord(event->at));
    return tr("No longer open: %1.").arg(closedBy(*detail.closed));
}

std::vector<std::pair<engine::Instant, QString>> historyWords(const engine::TaskDetail &detail)
{
    std::vector<std::pair<engine::Instant, QString>> lines;
    for (const auto &event : detail.events)
        if (const QString words = std::visit(HistoryWords{detail}, event.fact); !words.isEmpty())
            lines.emplace_back(event.at, words);
    return lines;
}

bool needsComment(const engine::ApprovalStep &approval, const engine::ApprovalOutcome &outcome)
{
    return approval.requiresComment || outcome.requiresComment;
}

const engine::ApprovalOutcome *firstOutcome(
    const engine::ApprovalStep &approval, engine::OutcomeKind kind)
{
    const auto found = std::ranges::find(approval.outcomes, kind, &engine::ApprovalOutcome::kind);
    return found == approval.outcomes.end() ? nullptr : &*found;
}

} // namespace monitor
