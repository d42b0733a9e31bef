#include "designer/canvas/step_words.h"

#include "designer/canvas/durations.h"
#include "engine/base/overloaded.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace designer {

namespace {

using nlohmann::json;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StepWords)
};

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

/// `` `ship ${input.id}` `` is "ship {id}", `error.type` stays.
QString shortExpression(const QString &source)
{
    QString words = source.trimmed();
    if (words.size() < 2 || !words.startsWith(QLatin1Char('`')) ||
        !words.endsWith(QLatin1Char('`')))
        return words;
    words = words.mid(1, words.size() - 2);
    static const QRegularExpression hole(QStringLiteral("\\$\\{[^}]*?(\\w+)\\s*\\}"));
    return words.replace(hole, QStringLiteral("{\\1}"));
}

QString shortString(const QString &written)
{
    if (written.startsWith(QLatin1String("==")))
        return written.mid(1);
    if (written.startsWith(QLatin1Char('=')))
        return shortExpression(written.mid(1));
    return written;
}

QString shortJson(const json &value)
{
    if (value.is_string())
        return shortString(text(value.get_ref<const std::string &>()));
    if (value.is_object())
        return value.empty() ? QStringLiteral("{}") : QStringLiteral("{…}");
    if (value.is_array())
        return value.empty() ? QStringLiteral("[]") : QStringLiteral("[…]");
    return text(value.dump());
}

QString member(const json &object, const char *key)
{
    const auto found = object.find(key);
    return found == object.end() ? QString() : shortJson(*found);
}

/// The path of a URL, without scheme and host.
QString urlPath(const QString &url)
{
    static const QRegularExpression host(QStringLiteral("^(?:[a-z]+://[^/]*|\\{\\w+\\})(?=/)"));
    return QString(url).remove(host);
}

QString joined(const QString &kind, const QString &detail)
{
    return detail.isEmpty() ? kind : kind + QStringLiteral(" · ") + detail;
}

/// The member of `with` that tells most about a call of that activity.
const char *tellingMember(const std::string &activity)
{
    static const std::vector<std::pair<std::string, const char *>> members{{"log", "message"},
        {"file", "path"}, {"mail", "to"}, {"notify", "title"}, {"sql", "query"}, {"worker", "name"},
        {"script", "code"}};
    for (const auto &[name, key] : members) {
        if (name == activity)
            return key;
    }
    return "";
}

QString activityWords(const engine::ActivityStep &step)
{
    const json with = step.with.written.tree();
    const QString kind = text(step.activity);
    if (!with.is_object())
        return kind;
    if (step.activity == "http") {
        const QString method = member(with, "method");
        return (method.isEmpty() ? QStringLiteral("GET") : method) + QLatin1Char(' ') +
               urlPath(member(with, "url"));
    }
    if (const auto command = with.find("command");
        command != with.end() && command->is_array() && !command->empty())
        return joined(kind, shortJson(command->front()));
    return joined(
        kind, member(with, tellingMember(step.activity)).section(QLatin1Char('\n'), 0, 0));
}

/// A duration as `3 d`; dates and expressions as they are.
QString durationWords(const engine::Template &value)
{
    const QString written = shortValue(value);
    const auto duration = engine::durationFromText(written.toStdString());
    return duration ? shortDuration(*duration, 2) : written;
}

QString leadsTo(const QString &when, const QString &where)
{
    return when + QStringLiteral(" → ") + where;
}

QString waitFooter(const engine::WaitStep &step, const TitleOf &titleOf)
{
    if (!step.timeout)
        return Words::tr("no limit");
    const QString when = durationWords(*step.timeout);
    if (step.fallback)
        //: On a wait: after the timeout it goes on with a default value, %1 in short.
        return leadsTo(when, Words::tr("default %1").arg(shortValue(*step.fallback)));
    if (!step.onTimeout.empty())
        return leadsTo(when, titleOf(step.onTimeout));
    return leadsTo(when, Words::tr("TimeoutError"));
}

QString approvalFooter(const engine::ApprovalStep &step, const TitleOf &titleOf)
{
    if (!step.due)
        return Words::tr("no limit");
    const QString when = durationWords(*step.due);
    if (!step.onTimeout.empty())
        return leadsTo(when, titleOf(step.onTimeout));
    return leadsTo(when, step.fallback.empty() ? Words::tr("TimeoutError") : text(step.fallback));
}

QString assigneeWords(const engine::ApprovalStep &step)
{
    if (!step.assignees)
        return Words::tr("anyone");
    const json people = step.assignees->written.tree();
    if (!people.is_array())
        return shortJson(people);
    QStringList names;
    for (const json &name : people)
        names << shortJson(name);
    return names.join(QStringLiteral(", "));
}

QString approvalBadge(const engine::ApprovalStep &step)
{
    switch (step.policy) {
    case engine::PolicyMode::First: return {};
    case engine::PolicyMode::Everyone: return Words::tr("ALL");
    //: On an approval whose people are asked one after the other.
    case engine::PolicyMode::InTurn: return Words::tr("1 BY 1");
    case engine::PolicyMode::Count: break;
    }
    return QString::number(step.count);
}

QString collectFooter(const engine::CollectStep &step)
{
    if (!step.timeout)
        return Words::tr("no limit");
    //: On a collect step: when the time is up it goes on with what it has.
    return leadsTo(durationWords(*step.timeout), Words::tr("go on"));
}

QString joinBadge(const engine::JoinStep &step)
{
    switch (step.mode) {
    case engine::JoinMode::All: return Words::tr("ALL");
    case engine::JoinMode::Any: return Words::tr("ANY");
    case engine::JoinMode::Count: break;
    }
    return QString::number(step.count);
}

QString subFlowWords(const engine::SubFlowStep &step)
{
    const QString flow = shortValue(step.flow);
    return step.version ? Words::tr("%1 version %2").arg(flow).arg(*step.version) : flow;
}

QString eventNames(const engine::WaitStep &step)
{
    QStringList names;
    for (const auto &event : step.events)
        names << text(event.first);
    return names.join(QStringLiteral(", "));
}

QString waitBadge(const engine::WaitStep &step)
{
    if (step.mode == engine::WaitMode::Any)
        return Words::tr("ANY");
    if (step.mode != engine::WaitMode::All)
        return {};
    if (step.count)
        return QStringLiteral("%1 / %2").arg(*step.count).arg(step.events.size());
    return Words::tr("ALL");
}

QString activityFooter(const engine::ActivityStep &step)
{
    QStringList words;
    if (step.timeout)
        //: On an activity: the time limit of each attempt.
        words << Words::tr("%1 each").arg(shortDuration(*step.timeout, 2));
    if (step.retry && step.retry->attempts > 1)
        words << Words::tr("%1 attempts").arg(step.retry->attempts);
    return words.join(QStringLiteral(" · "));
}

/// `0 8 * * MON` and its like in words; others as they are written.
QString cronWords(const QString &cron)
{
    static const QRegularExpression daily(
        QStringLiteral("^(\\d{1,2}) (\\d{1,2}) \\* \\* (\\*|[A-Za-z]{3}(?:-[A-Za-z]{3})?)$"));
    const auto match = daily.match(cron);
    if (!match.hasMatch())
        return cron;
    const QString time = match.captured(2).rightJustified(2, QLatin1Char('0')) + QLatin1Char(':') +
                         match.captured(1).rightJustified(2, QLatin1Char('0'));
    const QString days = match.captured(3);
    if (days == QLatin1String("*"))
        return Words::tr("every day %1").arg(time);
    return Words::tr("every %1 %2").arg(days.left(1).toUpper() + days.mid(1).toLower(), time);
}

QString timerWords(const engine::TimerStep &step)
{
    if (step.cron)
        return cronWords(text(*step.cron));
    if (step.after)
        return durationWords(*step.after);
    return step.at ? shortValue(*step.at) : QString();
}

QString setWords(const engine::SetStep &step)
{
    QStringList names;
    for (const auto &variable : step.variables)
        names << text(variable.first);
    for (const auto &variable : step.append)
        names << text(variable.first);
    if (step.status)
        names << Words::tr("status");
    return names.join(QStringLiteral(", "));
}

QString endWords(const engine::EndStep &step)
{
    if (!step.output)
        return {};
    const json output = step.output->written.tree();
    if (!output.is_object())
        return shortJson(output);
    if (output.size() == 1 && output.begin()->is_primitive())
        return shortJson(*output.begin());
    return output.size() == 1 ? Words::tr("1 field") : Words::tr("%1 fields").arg(output.size());
}

QString failWords(const engine::FailStep &step)
{
    const QString type = shortValue(step.type);
    return type == QLatin1String("error.type") ? Words::tr("error as it came") : type;
}

} // namespace

QString shortValue(const engine::Template &value) { return shortJson(value.written.tree()); }

StepWords stepWords(const engine::Step &step, const TitleOf &titleOf)
{
    StepWords words{.title = text(engine::displayName(step))};
    std::visit(engine::Overloaded{
                   [&](const engine::ActivityStep &body) {
                       words.subtitle = activityWords(body);
                       words.footer = activityFooter(body);
                       words.attempts = body.retry ? body.retry->attempts : 0;
                       words.footerIcon =
                           words.attempts > 1 ? FooterIcon::Retry : FooterIcon::Clock;
                   },
                   [&](const engine::WaitStep &body) {
                       words.subtitle = eventNames(body);
                       words.footer = waitFooter(body, titleOf);
                       words.footerIcon = FooterIcon::Clock;
                       words.badge = waitBadge(body);
                       if (body.mode == engine::WaitMode::All)
                           words.needed = body.count.value_or(int(body.events.size()));
                   },
                   [&](const engine::TimerStep &body) { words.subtitle = timerWords(body); },
                   [&](const engine::SetStep &body) { words.subtitle = setWords(body); },
                   [&](const engine::EndStep &body) { words.subtitle = endWords(body); },
                   [&](const engine::FailStep &body) { words.subtitle = failWords(body); },
                   [&](const engine::CollectStep &body) {
                       words.subtitle = text(body.event);
                       words.footer = collectFooter(body);
                       words.footerIcon = FooterIcon::Clock;
                       if (body.count)
                           words.badge = QStringLiteral("≤ %1").arg(*body.count);
                   },
                   [&](const engine::ApprovalStep &body) {
                       words.subtitle = assigneeWords(body);
                       words.footer = approvalFooter(body, titleOf);
                       words.footerIcon = FooterIcon::Clock;
                       words.badge = approvalBadge(body);
                   },
                   [&](const engine::JoinStep &body) { words.badge = joinBadge(body); },
                   [&](const engine::ForEachStep &body) {
                       words.subtitle = shortExpression(text(body.items.source));
                       words.badge =
                           QStringLiteral("%1 ×").arg(body.atOnce.value_or(body.usualAtOnce));
                   },
                   [&](const engine::SubFlowStep &body) {
                       words.subtitle = subFlowWords(body);
                       if (!body.wait)
                           words.footer = Words::tr("does not wait");
                   },
                   [&](const engine::SendStep &body) { words.subtitle = text(body.event); },
                   [&](const engine::EmitStep &body) { words.subtitle = shortValue(body.type); },
                   [](const engine::AnyOf<engine::ChoiceStep, engine::ParallelStep,
                       engine::ContinueAsNewStep, engine::ResumeStep> auto &) {},
                   [&](const engine::NoteStep &body) { words.subtitle = text(body.text); },
                   [&](const engine::UnknownStep &body) {
                       if (step.name.empty())
                           words.title = text(body.kind);
                       words.subtitle = Words::tr("unknown kind, kept");
                   },
               },
        step.body);
    return words;
}

QString chipWords(const engine::Step &step, const engine::Transition &way)
{
    using Kind = engine::Transition::Kind;
    switch (way.kind) {
    case Kind::Next: return {};
    case Kind::Otherwise: return Words::tr("otherwise");
    case Kind::Error: return way.label == "*" ? Words::tr("any error") : text(way.label);
    case Kind::Event:
    case Kind::Outcome:
    case Kind::Case: return text(way.label);
    case Kind::Branch: return {};
    case Kind::Timeout: break;
    }
    const auto *wait = std::get_if<engine::WaitStep>(&step.body);
    const auto *approval = std::get_if<engine::ApprovalStep>(&step.body);
    const auto &timeout = approval ? approval->due : wait ? wait->timeout : std::nullopt;
    if (!timeout)
        return Words::tr("timeout");
    //: On the edge that a wait takes when its time is up.
    return Words::tr("after %1").arg(durationWords(*timeout));
}

} // namespace designer
