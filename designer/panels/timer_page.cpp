#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::TimerPage)
};

using engine::TimerStep;

/// What the segments say, in their order.
enum Segment { After, At, Cron };

Segment segmentOf(const TimerStep &timer)
{
    if (timer.cron)
        return Cron;
    return timer.at ? At : After;
}

engine::Template stringValue(const std::string &text)
{
    return engine::templateFrom(engine::JsonText::ofString(text));
}

void setSegment(TimerStep &timer, Segment segment, engine::Instant now)
{
    if (segmentOf(timer) == segment)
        return;
    timer.after.reset();
    timer.at.reset();
    timer.cron.reset();
    if (segment == After)
        timer.after = stringValue("PT1H");
    if (segment == At)
        timer.at = stringValue(engine::toText(now + engine::Duration{0, std::chrono::hours(24)}));
    if (segment == Cron)
        timer.cron = "0 8 * * 1-5";
}

void addTime(InspectorForm &form, const StepScope &step, MaybeTemplate TimerStep::*field,
    const FieldName &name)
{
    form.text(timeBinding(
        name, [step, field] { return step.body<TimerStep>().*field; },
        [step, field, name](MaybeTemplate value) {
            step.editBody<TimerStep>(name.name, Words::tr("time"),
                [&](TimerStep &edited) { edited.*field = value.value_or(stringValue("")); });
        },
        [step] { return step.now(); }));
}

void addCron(InspectorForm &form, const StepScope &step)
{
    Binding cron = plainBinding(
        {"cron", Words::tr("Minute, hour, day, month, weekday")},
        [step] { return step.body<TimerStep>().cron.value_or(std::string()); },
        [step](const std::string &text) {
            step.editBody<TimerStep>(
                "cron", Words::tr("time"), [&](TimerStep &edited) { edited.cron = text; });
        });
    cron.code = true;
    form.text(cron);
}

void addZone(InspectorForm &form, const StepScope &step)
{
    Binding zone = plainBinding(
        {"zone", Words::tr("Time zone")}, [step] { return step.body<TimerStep>().zone; },
        [step](const std::string &text) {
            step.editBody<TimerStep>(
                "zone", Words::tr("time zone"), [&](TimerStep &edited) { edited.zone = text; });
        });
    zone.placeholder = QStringLiteral("UTC");
    form.text(zone);
}

} // namespace

void buildTimerPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Goes on"));
    form.segments(
        "mode", {Words::tr("After"), Words::tr("At"), Words::tr("Every")},
        [step] { return static_cast<int>(segmentOf(step.body<TimerStep>())); },
        [step](int at) {
            step.editBody<TimerStep>({}, Words::tr("time"),
                [&](TimerStep &timer) { setSegment(timer, static_cast<Segment>(at), step.now()); });
        });
    switch (segmentOf(step.body<TimerStep>())) {
    case After: addTime(form, step, &TimerStep::after, {"after", Words::tr("After")}); break;
    case At:
        addTime(form, step, &TimerStep::at, {"at", Words::tr("Date and time, or expression")});
        break;
    case Cron:
        addCron(form, step);
        addZone(form, step);
        break;
    }
    addNext(form, step);
    addErrorWays(form, step);
}

} // namespace designer
