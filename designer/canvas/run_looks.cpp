#include "designer/canvas/run_looks.h"

#include "designer/canvas/durations.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace designer {

namespace {

using app::Color;
using engine::Instant;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunLooks)
};

const QString arrow = QStringLiteral(" → ");

QString ordinal(int number)
{
    const bool teens = number % 100 >= 11 && number % 100 <= 13;
    switch (teens ? 0 : number % 10) {
    //: On a step where an instance waits: it is here for the first, second … time.
    case 1: return Words::tr("%1st time").arg(number);
    case 2: return Words::tr("%1nd time").arg(number);
    case 3: return Words::tr("%1rd time").arg(number);
    default: return Words::tr("%1th time").arg(number);
    }
}

QString times(int number) { return QStringLiteral("%1 ×").arg(number); }

/// `12 d 21 h → Lost`: what is left, and where it leads as the step says; `12 d → Lost` where the
/// step has no room for more.
QString countdown(const FlowPicture &picture, const StepPicture &step, Instant until, Instant now)
{
    const engine::Milliseconds left = std::max(until - now, engine::Milliseconds{0});
    const QString &words = step.whole.footer;
    const auto place = words.indexOf(arrow);
    const QString where = place < 0 ? QString() : words.mid(place);
    const QString whole = shortDuration(left, 2) + where;
    const bool fits = picture.cut(step, StepLine::Footer, whole) == whole;
    return fits ? whole : shortDuration(left, 1) + where;
}

void addPassed(StepLook &look, const StepMark &mark)
{
    const bool skipped = mark.state == StepState::Skipped;
    const QString icon = skipped ? QStringLiteral("skip") : QStringLiteral("tick");
    look.pill = Pill{icon, mark.passes > 1 ? times(mark.passes) : QString()};
}

void addRunning(StepLook &look, const StepMark &mark, const StepWords &words, Instant now)
{
    if (mark.since)
        look.pill = Pill{QStringLiteral("running"), runningTime(now - *mark.since), Color::Running,
            Color::RunningTint};
    if (mark.attempt > 1 && words.attempts >= mark.attempt)
        look.subtitle = Words::tr("attempt %1 of %2").arg(mark.attempt).arg(words.attempts);
    if (mark.until && *mark.until > now)
        //: On an activity between two attempts.
        look.footer =
            Words::tr("next in %1")
                .arg(shortDuration(std::chrono::ceil<std::chrono::seconds>(*mark.until - now), 1));
}

void addWaiting(StepLook &look, const StepMark &mark, const StepWords &words, Instant now)
{
    // A time that nobody could have watched says nothing.
    const bool stands = mark.since && now - *mark.since >= engine::Milliseconds{1000};
    if (mark.passes > 0)
        look.pill = Pill{QStringLiteral("hourglass"), ordinal(mark.passes + 1), Color::Waiting,
            Color::WaitingTint};
    if (stands)
        look.duration = shortDuration(now - *mark.since);
    if (words.needed > 0)
        look.badge = QStringLiteral("%1 / %2").arg(mark.taken).arg(words.needed);
}

void addFailed(StepLook &look, const StepMark &mark, const StepWords &words)
{
    look.problem = engine::Severity::Error;
    look.subtitle = QString::fromStdString(mark.failureType);
    if (words.attempts > 1 && mark.attempt > 0)
        look.footer = Words::tr("%1 of %2 attempts").arg(mark.attempt).arg(words.attempts);
}

StepLook stepLook(
    const FlowPicture &picture, const StepPicture &step, const StepMark &mark, Instant now)
{
    StepLook look{.run = mark.state, .tokens = mark.tokens};
    if (mark.spent >= engine::Milliseconds{100} && lookOf(step.kind).shape != StepShape::Diamond)
        look.duration = shortDuration(mark.spent);
    switch (mark.state) {
    case StepState::NotReached: break;
    case StepState::Passed:
    case StepState::Skipped: addPassed(look, mark); break;
    case StepState::Running: addRunning(look, mark, step.whole, now); break;
    case StepState::Waiting:
    case StepState::Suspended:
        addWaiting(look, mark, step.whole, now);
        if (mark.until)
            look.footer = countdown(picture, step, *mark.until, now);
        break;
    case StepState::Failed: addFailed(look, mark, step.whole); break;
    }
    look.subtitle = picture.cut(step, StepLine::Subtitle, look.subtitle);
    look.footer = picture.cut(step, StepLine::Footer, look.footer);
    return look;
}

bool isWaiting(const StepMark &mark)
{
    return mark.state == StepState::Waiting || mark.state == StepState::Suspended;
}

/// A branch stands somewhere, so that an interrupt could still come.
bool isLive(const RunOverlay &overlay)
{
    return std::ranges::any_of(overlay.steps, [](const auto &each) {
        return isWaiting(each.second) || each.second.state == StepState::Running;
    });
}

EdgeLook::Run edgeRun(const EdgePicture &edge, const RunOverlay &overlay, bool live)
{
    if (edge.id.from.empty())
        return overlay.steps.empty() ? EdgeLook::Run::NotReached : EdgeLook::Run::Taken;
    if (isInterruptMark(edge.id.from))
        return live ? EdgeLook::Run::Possible : EdgeLook::Run::NotReached;
    if (edge.way.kind != engine::Transition::Kind::Timeout)
        return EdgeLook::Run::NotReached;
    const auto mark = overlay.steps.find(edge.id.from);
    const bool waits = mark != overlay.steps.end() && isWaiting(mark->second);
    return waits ? EdgeLook::Run::Possible : EdgeLook::Run::NotReached;
}

} // namespace

Looks runLooks(const FlowPicture &picture, const RunOverlay &overlay, Instant now)
{
    Looks looks{.plainStep = {.run = StepState::NotReached},
        .plainEdge = {.run = EdgeLook::Run::NotReached}};
    for (const auto &[id, mark] : overlay.steps) {
        const int number = picture.stepNumber(id);
        if (number >= 0)
            looks.steps[number] =
                stepLook(picture, picture.steps()[std::size_t(number)], mark, now);
    }
    for (const auto &[way, count] : overlay.ways) {
        if (const int edge = picture.edgeNumber(way); edge >= 0)
            looks.edges[edge] = {.run = EdgeLook::Run::Taken, .times = count};
    }
    const bool live = isLive(overlay);
    for (int number = 0; number < int(picture.edges().size()); ++number) {
        const EdgePicture &edge = picture.edges()[std::size_t(number)];
        if (!edge.present || looks.edges.contains(number))
            continue;
        const EdgeLook::Run run = edgeRun(edge, overlay, live);
        if (run != looks.plainEdge.run)
            looks.edgeToChange(number).run = run;
        if (isMark(edge.id.from))
            looks.stepToChange(edge.from).run =
                run == EdgeLook::Run::Taken      ? std::optional(StepState::Passed)
                : run == EdgeLook::Run::Possible ? std::nullopt
                                                 : std::optional(StepState::NotReached);
        // What can still be next looks as in Design, unless it has been there already.
        if (run == EdgeLook::Run::Possible && !looks.steps.contains(edge.to))
            looks.stepToChange(edge.to).run = std::nullopt;
    }
    return looks;
}

Looks liveLooks(const FlowPicture &picture, const LiveCounts &counts)
{
    Looks looks;
    const QLocale locale;
    for (const auto &[id, count] : counts) {
        const int number = picture.stepNumber(id);
        if (number < 0 || (count.waiting == 0 && count.running == 0))
            continue;
        const Pill waiting{QStringLiteral("hourglass"), locale.toString(count.waiting),
            Color::Waiting, Color::WaitingTint};
        const Pill running{QStringLiteral("running"), locale.toString(count.running),
            Color::Running, Color::RunningTint};
        StepLook &look = looks.stepToChange(number);
        look.pill = count.waiting > 0 ? waiting : running;
        if (count.waiting > 0 && count.running > 0)
            look.secondPill = running;
    }
    return looks;
}

} // namespace designer
