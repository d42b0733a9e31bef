// What an approval does while nobody answers.
#include "designer/panels/bindings.h"
#include "designer/panels/outcome_rows.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::ReminderRows)
};

using engine::ApprovalStep;
using engine::Escalation;
using engine::Reminders;

/// What stands in the file before something is said; the check of the flow asks for it.
engine::Template noValue() { return engine::templateFrom(engine::JsonText::ofString("")); }

void changeReminders(
    const StepScope &step, const std::string &field, const std::function<void(Reminders &)> &change)
{
    step.editBody<ApprovalStep>(field, Words::tr("reminders"), [&](ApprovalStep &edited) {
        Reminders reminders = edited.remind.value_or(Reminders());
        change(reminders);
        edited.remind =
            reminders == Reminders() ? std::nullopt : std::optional(std::move(reminders));
    });
}

Binding reminderTime(FieldName field, const StepScope &step, MaybeTemplate Reminders::*member)
{
    const std::string name = field.name;
    Binding binding = timeBinding(
        std::move(field),
        [step, member] {
            const auto &remind = step.body<ApprovalStep>().remind;
            return remind ? (*remind).*member : MaybeTemplate();
        },
        [step, member, name](MaybeTemplate value) {
            changeReminders(
                step, name, [&](Reminders &edited) { edited.*member = std::move(value); });
        },
        [step] { return step.now(); });
    binding.below = {}; // it says for how long, which foretells nothing
    binding.placeholder = Words::tr("never");
    return binding;
}

Escalation levelAt(const StepScope &step, std::size_t at)
{
    const auto &levels = step.body<ApprovalStep>().escalate;
    return at < levels.size() ? levels[at] : Escalation{noValue(), noValue()};
}

void changeLevel(const StepScope &step, const std::string &field, std::size_t at,
    const std::function<void(Escalation &)> &change)
{
    step.editBody<ApprovalStep>(field, Words::tr("escalation"), [&](ApprovalStep &edited) {
        if (at < edited.escalate.size())
            change(edited.escalate[at]);
    });
}

/// A single level may stand in the file without a list.
std::function<std::vector<std::string>()> pointersTo(std::size_t at, const std::string &member)
{
    return [at, member] {
        std::vector<std::string> pointers{"escalate/" + std::to_string(at) + '/' + member};
        if (at == 0)
            pointers.push_back("escalate/" + member);
        return pointers;
    };
}

MaybeTemplate given(const engine::Template &value)
{
    return value == noValue() || value.written.isNull() ? MaybeTemplate() : value;
}

void addAfter(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    Binding after = timeBinding(
        {name + "/after", Words::tr("After")},
        [step, at] { return given(levelAt(step, at).after); },
        [step, at, name](MaybeTemplate value) {
            changeLevel(step, name + "/after", at,
                [&](Escalation &edited) { edited.after = value ? *value : noValue(); });
        },
        [step] { return step.now(); });
    after.below = {};
    after.pointers = pointersTo(at, "after");
    form.text(after);
}

ComboOption replaceOption(bool replaces)
{
    return replaces ? ComboOption{QStringLiteral("instead"), Words::tr("instead"), {}, {}}
                    : ComboOption{{}, Words::tr("besides"), {}, {}};
}

void addReplace(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    form.combo(
        {.name = name + "/replace",
            //: Whether those who are asked later are asked besides the first or instead.
            .label = Words::tr("Asks"),
            .read = [step, at] { return replaceOption(levelAt(step, at).replaces).value; },
            .write =
                [step, at](const QString &value) {
                    changeLevel(step, {}, at,
                        [&](Escalation &edited) { edited.replaces = !value.isEmpty(); });
                    return QString();
                },
            .pointers = pointersTo(at, "replace")},
        [] {
            return std::vector{replaceOption(false), replaceOption(true)};
        },
        [step, at] { return replaceOption(levelAt(step, at).replaces); });
}

void addPeople(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    Binding to = listBinding(
        {name + "/to", Words::tr("People")}, OneText::Plain,
        [step, at] { return given(levelAt(step, at).to); },
        [step, at, name](MaybeTemplate value) {
            changeLevel(step, name + "/to", at,
                [&](Escalation &edited) { edited.to = value ? *value : noValue(); });
        });
    to.placeholder = Words::tr("one a line, or an expression");
    to.pointers = pointersTo(at, "to");
    form.lines(to, 2);
}

void addLevel(InspectorForm &form, const StepScope &step, std::size_t at)
{
    const std::string name = "escalate/" + std::to_string(at);
    form.row(
        [&] {
            addAfter(form, step, at, name);
            addReplace(form, step, at, name);
            form.cross(name + "/remove", Words::tr("Remove this escalation"), [step, at] {
                step.editBody<ApprovalStep>({}, Words::tr("escalation"), [&](ApprovalStep &edited) {
                    if (at < edited.escalate.size())
                        edited.escalate.erase(
                            edited.escalate.begin() + static_cast<std::ptrdiff_t>(at));
                });
            });
        },
        {1, 1});
    addPeople(form, step, at, name);
}

} // namespace

void addReminders(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Reminders"), QStringLiteral("bell"), app::Color::KindPeople);
    form.row(
        [&] {
            form.text(
                reminderTime({"remind/after", Words::tr("First after")}, step, &Reminders::after));
            form.text(
                reminderTime({"remind/every", Words::tr("Then every")}, step, &Reminders::every));
        },
        {1, 1});
    Binding times = countBinding(
        {"remind/times", Words::tr("At most so many")}, 1,
        [step] {
            const auto &remind = step.body<ApprovalStep>().remind;
            return remind ? remind->times : std::nullopt;
        },
        [step](std::optional<int> value) {
            changeReminders(step, "remind/times", [&](Reminders &edited) { edited.times = value; });
        });
    times.placeholder = Words::tr("until it is answered");
    form.text(times);
}

void addEscalations(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Escalation"), QStringLiteral("forward"), app::Color::KindPeople);
    for (std::size_t i = 0; i < step.body<ApprovalStep>().escalate.size(); ++i)
        addLevel(form, step, i);
    form.link("escalate.add", Words::tr("Ask others after a while"), [step] {
        step.editBody<ApprovalStep>({}, Words::tr("escalation"), [](ApprovalStep &edited) {
            const auto day = engine::templateFrom(engine::JsonText::ofString("P1D"));
            edited.escalate.push_back({day, noValue()});
        });
    });
}

} // namespace designer
