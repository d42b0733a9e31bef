#include "engine/base/joined.h"
#include "engine/model/flow.h"
#include "engine/model/written_json.h"
#include "engine/runtime/due_time.h"
#include "engine/runtime/steps/open_waits.h"
#include "engine/runtime/tasks/open_task.h"
#include "engine/runtime/tasks/policy.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// Reminders come no faster than that, whatever was computed.
constexpr Milliseconds fastestReminder{1000};

Failure wrongValue(std::string message)
{
    return {.type = "ValidationError", .message = std::move(message), .retriable = false};
}

/// A string as it reads; anything else as JSON.
std::string textOf(const JsonText &value)
{
    return value.text().front() == '"' ? unquoted(value.text()) : value.text();
}

/// A name or a list of names; nobody where it is `null` or empty.
std::variant<People, Failure> peopleIn(const JsonText &value, std::string_view field)
{
    const auto written = writtenJson(value.text());
    const auto wrong = [&] {
        return wrongValue("'" + std::string(field) + "' must be a name or a list of names; it is " +
                          value.text().substr(0, 80));
    };
    if (!written)
        return wrong();
    People people;
    const auto add = [&](const WrittenValue &name) {
        const std::string text = unquoted(name.in(value.text()));
        people = withOthers(std::move(people), text.empty() ? People() : People{text});
    };
    if (written->kind == JsonKind::String)
        add(*written);
    else if (written->kind == JsonKind::Array &&
             std::ranges::all_of(written->members,
                 [](const WrittenMember &one) { return one.value.kind == JsonKind::String; }))
        std::ranges::for_each(written->members, add, &WrittenMember::value);
    else if (written->kind != JsonKind::Null)
        return wrong();
    return people;
}

std::variant<People, Failure> peopleOf(Deciding &deciding, const Template &written, const Place &place)
{
    auto value = deciding.fill(written, place);
    if (auto *failure = std::get_if<Failure>(&value))
        return std::move(*failure);
    return peopleIn(std::get<JsonText>(value), place.field);
}

/// What it asks, and whom.
std::optional<Failure> describe(
    Deciding &deciding, const Step &step, const ApprovalStep &body, TaskOpened &task)
{
    task.title = displayName(step);
    for (const auto &[written, field, text] :
        {std::tuple{&body.title, "title", &task.title}, std::tuple{&body.text, "text", &task.text}}) {
        if (!*written)
            continue;
        auto value = deciding.fill(**written, {task.branch, task.step, field});
        if (auto *failure = std::get_if<Failure>(&value))
            return std::move(*failure);
        *text = textOf(std::get<JsonText>(value));
    }
    if (body.assignees) {
        auto people = peopleOf(deciding, *body.assignees, {task.branch, task.step, "assignees"});
        if (auto *failure = std::get_if<Failure>(&people))
            return std::move(*failure);
        task.assignees = std::get<People>(std::move(people));
    }
    if (std::string why = whyTooFew(body, task.assignees); !why.empty())
        return wrongValue("step '" + step.id.value + "': " + why);
    return {};
}

/// Takes what is kept, oldest first, as far as it answers. Whether that decided it.
bool takeKept(Deciding &deciding, Sequence task)
{
    const Passes passes = passesWhere(deciding);
    Sequence after = 0;
    while (const auto event = keptFor(deciding.state(), task, after, passes)) {
        after = *event;
        if (takeAnswer(deciding, task, *event))
            return true;
    }
    return false;
}

/// The task ends and its step fails.
void failTask(Deciding &deciding, Sequence task, Failure failure)
{
    const StandingTask one = standingTask(deciding, task);
    closeTask(deciding, task, TaskEnd::Withdrawn, failure.message);
    deciding.failStep(one.open.branch, one.step, std::move(failure));
}

/// Sets a timer of the task, counted from `from`; if its time cannot be read, the step fails.
bool setTimer(Deciding &deciding, Sequence task, const Template &written, const char *field,
    TimerPurpose purpose, Instant from)
{
    const OpenApproval open = deciding.state().approvals.at(task);
    auto value = deciding.fill(written, {open.branch, open.step, field});
    if (const auto *text = std::get_if<JsonText>(&value)) {
        auto due = dueTime(*text, from, field);
        if (const auto *at = std::get_if<Instant>(&due)) {
            const bool isNext = purpose == TimerPurpose::Reminder;
            const Instant fireAt = isNext ? std::max(*at, deciding.now() + fastestReminder) : *at;
            deciding.createTimer({open.branch, open.step, purpose, fireAt, task});
            return true;
        }
        value = std::get<Failure>(std::move(due));
    }
    failTask(deciding, task, std::get<Failure>(std::move(value)));
    return false;
}

/// The level after those that were reached. False: its time cannot be read, and the step failed.
bool setEscalation(Deciding &deciding, Sequence task, const ApprovalStep &body)
{
    const OpenApproval &open = deciding.state().approvals.at(task);
    const auto level = std::size_t(open.level);
    return level >= body.escalate.size() ||
           setTimer(deciding, task, body.escalate[level].after, "escalate.after",
               TimerPurpose::Escalation, open.openedAt);
}

void setTimers(Deciding &deciding, Sequence task, const ApprovalStep &body)
{
    const Instant now = deciding.now();
    if (body.due && !setTimer(deciding, task, *body.due, "due", TimerPurpose::Due, now))
        return;
    if (body.remind) {
        const Template &first = body.remind->after ? *body.remind->after : *body.remind->every;
        if (!setTimer(deciding, task, first, "remind", TimerPurpose::Reminder, now))
            return;
    }
    setEscalation(deciding, task, body);
}

} // namespace

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ApprovalStep &body)
{
    TaskOpened opened{.branch = branch, .step = step.id, .event = eventOf(body)};
    if (auto failure = describe(deciding, step, body, opened))
        return deciding.failStep(branch, step, *std::move(failure));
    auto keys = deciding.keysOf({opened.event}, branch, step.id);
    if (auto *failure = std::get_if<Failure>(&keys))
        return deciding.failStep(branch, step, std::move(*failure));
    for (std::string &key : std::get<std::vector<std::string>>(keys))
        opened.key = std::move(key);
    const Sequence task = deciding.add(std::move(opened));
    if (!takeKept(deciding, task))
        setTimers(deciding, task, body);
}

bool takeAnswer(Deciding &deciding, Sequence task, Sequence event)
{
    const StandingTask one = standingTask(deciding, task);
    const UntakenEvent &kept = deciding.state().kept.at(event);
    auto given = answerFrom(one.body, kept.payload, kept.source);
    if (const auto *error = std::get_if<Error>(&given)) { // its declaration lets such payloads in
        Failure failure = wrongValue("event '" + kept.sent + "' is no answer: " + error->message);
        failure.details = kept.payload;
        deciding.add(EventTaken{event, task});
        failTask(deciding, task, std::move(failure));
        return true;
    }
    const auto &answer = std::get<GivenAnswer>(given);
    deciding.add(TaskAnswered{task, event, answer.by, answer.outcome->name});
    return decideTask(deciding, task);
}

void passTaskTimer(Deciding &deciding, const OpenTimer &timer)
{
    const StandingTask one = standingTask(deciding, timer.about);
    if (timer.purpose == TimerPurpose::Reminder)
        return remind(deciding, one);
    if (timer.purpose == TimerPurpose::Escalation)
        return escalate(deciding, one);
    passDue(deciding, one);
}

void remind(Deciding &deciding, const StandingTask &one)
{
    const int number = one.open.reminded + 1;
    deciding.add(TaskReminded{one.task, number});
    const auto &remind = one.body.remind;
    if (remind && remind->every && number < remind->times.value_or(number + 1))
        setTimer(deciding, one.task, *remind->every, "remind", TimerPurpose::Reminder,
            deciding.now());
}

void escalate(Deciding &deciding, const StandingTask &one)
{
    const Escalation &level = one.body.escalate.at(std::size_t(one.open.level));
    auto people =
        peopleOf(deciding, level.to, {one.open.branch, one.open.step, "escalate.to"});
    if (auto *failure = std::get_if<Failure>(&people))
        return failTask(deciding, one.task, std::move(*failure));
    const auto &to = std::get<People>(people);
    const auto &answers = deciding.state().branches.at(one.open.branch).answers;
    deciding.add(TaskEscalated{one.task, one.open.level + 1,
        level.replaces ? exchanged(one.open.assignees, answers, {}, to)
                       : withOthers(one.open.assignees, to)});
    if (!decideTask(deciding, one.task))
        setEscalation(deciding, one.task, one.body);
}

void passDue(Deciding &deciding, const StandingTask &one)
{
    closeTask(deciding, one.task, TaskEnd::Due);
    if (!one.body.onTimeout.empty()) {
        return deciding.leave({.branch = one.open.branch,
            .step = one.step.id,
            .way = "timeout",
            .to = one.body.onTimeout});
    }
    if (const ApprovalOutcome *outcome = findOutcome(one.body, one.body.fallback))
        return leaveByOutcome(deciding, one, *outcome);
    deciding.failStep(one.open.branch, one.step,
        {.type = "TimeoutError",
            .message = "step '" + one.step.id.value + "' waited for " +
                       (one.open.assignees.empty() ? "an answer" : joined(one.open.assignees)) +
                       " until it was due",
            .retriable = false});
}

} // namespace engine
