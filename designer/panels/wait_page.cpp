#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"
#include "designer/panels/wait_rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::WaitPage)
};

using engine::WaitMode;
using engine::WaitStep;

/// What the segments say, in their order.
enum Segment { One, AnyOf, AllOf, CountOf };

Segment segmentOf(const WaitStep &wait)
{
    switch (wait.mode) {
    case WaitMode::One: return One;
    case WaitMode::Any: return AnyOf;
    case WaitMode::All: break;
    }
    return wait.count ? CountOf : AllOf;
}

/// Keeps the events; each of an any-of leads where the wait led before.
void setSegment(WaitStep &wait, Segment segment)
{
    constexpr std::array modes{WaitMode::One, WaitMode::Any, WaitMode::All, WaitMode::All};
    const WaitMode mode = modes[segment];
    if (mode == WaitMode::Any && wait.mode != WaitMode::Any)
        for (auto &[event, next] : wait.events)
            next = wait.next;
    if (mode != WaitMode::Any && wait.mode == WaitMode::Any) {
        if (wait.next.empty() && !wait.events.empty())
            wait.next = wait.events.front().second;
        for (auto &[event, next] : wait.events)
            next = {};
    }
    if (mode == WaitMode::Any && !wait.fallback)
        wait.next = {};
    if (wait.events.empty())
        wait.events.emplace_back();
    if (mode == WaitMode::One)
        wait.events.resize(1);
    wait.mode = mode;
    wait.count = segment == CountOf
                     ? std::optional(std::max<int>(1, static_cast<int>(wait.events.size()) - 1))
                     : std::nullopt;
}

std::pair<std::string, engine::StepId> eventAt(const StepScope &step, std::size_t at)
{
    const auto &events = step.body<WaitStep>().events;
    return at < events.size() ? events[at] : std::pair<std::string, engine::StepId>();
}

void changeEvent(const StepScope &step, std::size_t at,
    const std::function<void(std::pair<std::string, engine::StepId> &)> &change)
{
    step.editBody<WaitStep>("event " + std::to_string(at), Words::tr("event"), [&](WaitStep &wait) {
        wait.events.resize(std::max(wait.events.size(), at + 1));
        change(wait.events[at]);
    });
}

void addEventName(InspectorForm &form, const StepScope &step, std::size_t at, const QString &label)
{
    form.editableCombo(
        {.name = "event." + std::to_string(at),
            .label = label,
            .read = [step, at] { return QString::fromStdString(eventAt(step, at).first); },
            .write =
                [step, at](const QString &text) {
                    changeEvent(step, at, [&](auto &event) { event.first = text.toStdString(); });
                    return QString();
                },
            .placeholder = Words::tr("name of the event"),
            .below = [step, at] { return declarationHint(step, eventAt(step, at).first); }},
        declaredEvents(step));
}

void addEventTarget(
    InspectorForm &form, const StepScope &step, std::size_t at, const QString &label)
{
    const ComboOption none{{}, Words::tr("nowhere yet"), {}, {}};
    form.combo(
        {.name = "event." + std::to_string(at) + ".to",
            .label = label,
            .read = [step, at] { return QString::fromStdString(eventAt(step, at).second.value); },
            .write =
                [step, at](const QString &id) {
                    changeEvent(step, at, [&](auto &event) { event.second = {id.toStdString()}; });
                    return QString();
                }},
        step.stepOptions({none}),
        [step, at, none] { return step.stepOption(eventAt(step, at).second, none); });
}

void addEventRows(InspectorForm &form, const StepScope &step)
{
    const WaitStep &wait = step.body<WaitStep>();
    for (std::size_t i = 0; i < wait.events.size(); ++i) {
        const bool first = i == 0;
        form.row(
            [&] {
                addEventName(form, step, i, first ? Words::tr("Event") : QString());
                if (wait.mode == WaitMode::Any)
                    addEventTarget(form, step, i, first ? Words::tr("Go to") : QString());
                form.cross(
                    "event." + std::to_string(i) + ".remove", Words::tr("Remove"), [step, i] {
                        step.editBody<WaitStep>({}, Words::tr("events"), [&](WaitStep &edited) {
                            if (i < edited.events.size())
                                edited.events.erase(
                                    edited.events.begin() + static_cast<std::ptrdiff_t>(i));
                        });
                    });
            },
            wait.mode == WaitMode::Any ? std::vector<int>{1, 1} : std::vector<int>{1});
    }
    form.link("event.add", Words::tr("Add an event"), [step] {
        step.editBody<WaitStep>(
            {}, Words::tr("events"), [](WaitStep &edited) { edited.events.emplace_back(); });
    });
}

void addCount(InspectorForm &form, const StepScope &step)
{
    Binding count = countBinding(
        {"count", Words::tr("How many of them")}, 1, [step] { return step.body<WaitStep>().count; },
        [step](std::optional<int> value) {
            step.editBody<WaitStep>("count", Words::tr("number of events"),
                [&](WaitStep &edited) { edited.count = value.value_or(1); });
        });
    form.text(count);
}

void addWhere(InspectorForm &form, const StepScope &step)
{
    Binding where = expressionBinding(
        {"where", Words::tr("Only if · expression over the payload")},
        [step] { return step.body<WaitStep>().where; },
        [step](std::optional<engine::Expression> value) {
            step.editBody<WaitStep>("where", Words::tr("condition"),
                [&](WaitStep &edited) { edited.where = std::move(value); });
        });
    where.placeholder = QStringLiteral("=event.success");
    where.hint = Words::tr("Empty: takes the first one.");
    form.text(where);
}

// What happens when the time is up. Ids of steps have no '/'.
const QString useDefault = QStringLiteral("/default");

ComboOption failOption() { return {{}, Words::tr("fail with TimeoutError"), {}, {}}; }
ComboOption defaultOption()
{
    return {useDefault, Words::tr("go on with a default value"), {}, {}};
}

void setThen(WaitStep &wait, const QString &choice)
{
    if (choice == useDefault) {
        wait.fallback = engine::templateFrom(engine::JsonText::trusted("{}"));
        wait.onTimeout = {};
        return;
    }
    wait.fallback.reset();
    wait.onTimeout = {choice.toStdString()};
}

void addThen(InspectorForm &form, const StepScope &step)
{
    form.combo({.name = "onTimeout",
                   .label = Words::tr("Then go to"),
                   .read =
                       [step] {
                           const auto &wait = step.body<WaitStep>();
                           return wait.fallback ? useDefault
                                                : QString::fromStdString(wait.onTimeout.value);
                       },
                   .write =
                       [step](const QString &choice) {
                           step.editBody<WaitStep>({}, Words::tr("what happens after the timeout"),
                               [&](WaitStep &edited) { setThen(edited, choice); });
                           return QString();
                       }},
        step.stepOptions({failOption(), defaultOption()}), [step] {
            const auto &wait = step.body<WaitStep>();
            return wait.fallback ? defaultOption() : step.stepOption(wait.onTimeout, failOption());
        });
    if (!step.body<WaitStep>().fallback)
        return;
    form.lines(valueBinding(
                   {"default", Words::tr("Default value")},
                   [step] { return step.body<WaitStep>().fallback; },
                   [step](MaybeTemplate value) {
                       step.editBody<WaitStep>(
                           "default", Words::tr("default value"), [&](WaitStep &edited) {
                               edited.fallback = value ? std::move(value)
                                                       : engine::templateFrom(engine::JsonText());
                           });
                   }),
        2);
}

void addTimeout(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Timeout"), QStringLiteral("clock"), app::Color::KindWait);
    Binding after = timeBinding(
        {"timeout", Words::tr("After")}, [step] { return step.body<WaitStep>().timeout; },
        [step](MaybeTemplate value) {
            step.editBody<WaitStep>("timeout", Words::tr("timeout"),
                [&](WaitStep &edited) { edited.timeout = std::move(value); });
        },
        [step] { return step.now(); });
    after.placeholder = Words::tr("no limit");
    form.row(
        [&] {
            form.text(after);
            addClock(
                form, [step] { return step.body<WaitStep>().clock; },
                [step](std::string clock) {
                    step.editBody<WaitStep>("clock", Words::tr("clock"),
                        [&](WaitStep &edited) { edited.clock = std::move(clock); });
                });
        },
        {3, 2});
    addThen(form, step);
}

} // namespace

void buildWaitPage(InspectorForm &form, const StepScope &step)
{
    const Segment segment = segmentOf(step.body<WaitStep>());
    form.section(Words::tr("Waits for"));
    form.segments(
        "mode", {Words::tr("One"), Words::tr("Any of"), Words::tr("All of"), Words::tr("n of")},
        [step] { return static_cast<int>(segmentOf(step.body<WaitStep>())); },
        [step](int at) {
            step.editBody<WaitStep>({}, Words::tr("what is waited for"),
                [at](WaitStep &wait) { setSegment(wait, static_cast<Segment>(at)); });
        });
    if (segment == One)
        addEventName(form, step, 0, Words::tr("Event"));
    else
        addEventRows(form, step);
    if (segment == CountOf)
        addCount(form, step);
    addWhere(form, step);
    addTimeout(form, step);
    if (segment != AnyOf || step.body<WaitStep>().fallback)
        addNext(form, step);
    addErrorWays(form, step);
}

} // namespace designer
