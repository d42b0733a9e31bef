#include "designer/panels/inspector_pages.h"
#include "designer/panels/wait_rows.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::CollectPage)
};

using engine::CollectStep;

void addEvent(InspectorForm &form, const StepScope &step)
{
    form.editableCombo(
        {.name = "event",
            .label = Words::tr("Event"),
            .read = [step] { return QString::fromStdString(step.body<CollectStep>().event); },
            .write =
                [step](const QString &text) {
                    step.editBody<CollectStep>("event", Words::tr("event"),
                        [&](CollectStep &edited) { edited.event = text.toStdString(); });
                    return QString();
                },
            .placeholder = Words::tr("name of the event"),
            .below = [step] { return declarationHint(step, step.body<CollectStep>().event); }},
        declaredEvents(step));
}

void addCount(InspectorForm &form, const StepScope &step)
{
    Binding count = countBinding(
        {"count", Words::tr("So many events")}, 1,
        [step] { return step.body<CollectStep>().count; },
        [step](std::optional<int> value) {
            step.editBody<CollectStep>("count", Words::tr("number of events"),
                [&](CollectStep &edited) { edited.count = value; });
        });
    count.placeholder = Words::tr("any number");
    form.text(count);
}

void addCondition(InspectorForm &form, const StepScope &step)
{
    Binding when = expressionBinding(
        {"when", Words::tr("Or when · expression over the list")},
        [step] { return step.body<CollectStep>().when; },
        [step](std::optional<engine::Expression> value) {
            step.editBody<CollectStep>("when", Words::tr("condition"),
                [&](CollectStep &edited) { edited.when = std::move(value); });
        });
    when.placeholder = QStringLiteral("=events.length > 9");
    form.text(when);
}

void addTimeout(InspectorForm &form, const StepScope &step)
{
    Binding after = timeBinding(
        {"timeout", Words::tr("Or after")}, [step] { return step.body<CollectStep>().timeout; },
        [step](MaybeTemplate value) {
            step.editBody<CollectStep>("timeout", Words::tr("timeout"),
                [&](CollectStep &edited) { edited.timeout = std::move(value); });
        },
        [step] { return step.now(); });
    after.placeholder = Words::tr("no limit");
    after.hint = Words::tr("Then it goes on with what it has.");
    form.row(
        [&] {
            form.text(after);
            addClock(
                form, [step] { return step.body<CollectStep>().clock; },
                [step](std::string clock) {
                    step.editBody<CollectStep>("clock", Words::tr("clock"),
                        [&](CollectStep &edited) { edited.clock = std::move(clock); });
                });
        },
        {3, 2});
}

} // namespace

void buildCollectPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Collects"));
    addEvent(form, step);
    form.section(Words::tr("Until"), QStringLiteral("clock"), app::Color::KindWait);
    addCount(form, step);
    addCondition(form, step);
    addTimeout(form, step);
    addNext(form, step);
    addErrorWays(form, step);
}

} // namespace designer
