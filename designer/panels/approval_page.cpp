#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"
#include "designer/panels/outcome_rows.h"
#include "designer/panels/wait_rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::ApprovalPage)
};

using engine::ApprovalStep;
using engine::PolicyMode;

/// What the segments say, in their order.
constexpr std::array policies{
    PolicyMode::First, PolicyMode::Everyone, PolicyMode::InTurn, PolicyMode::Count};

/// A member of the approval that is a value of the file.
using Member = MaybeTemplate ApprovalStep::*;

Read<MaybeTemplate> reading(const StepScope &step, Member member)
{
    return [step, member] { return step.body<ApprovalStep>().*member; };
}

Write<MaybeTemplate> writing(
    const StepScope &step, Member member, const std::string &field, const QString &label)
{
    return [step, member, field, label](MaybeTemplate value) {
        step.editBody<ApprovalStep>(
            field, label, [&](ApprovalStep &edited) { edited.*member = std::move(value); });
    };
}

void addQuestion(InspectorForm &form, const StepScope &step)
{
    Binding title = textBinding({"title", Words::tr("Title")}, reading(step, &ApprovalStep::title),
        writing(step, &ApprovalStep::title, "title", Words::tr("title")));
    title.placeholder = QString::fromStdString(engine::displayName(step.step()));
    form.text(title);
    Binding text = textBinding({"text", Words::tr("Text")}, reading(step, &ApprovalStep::text),
        writing(step, &ApprovalStep::text, "text", Words::tr("text")));
    text.placeholder = Words::tr("what is to be decided");
    form.lines(text, 3);
}

void addPolicy(InspectorForm &form, const StepScope &step)
{
    //: How many of the people who are asked decide an approval.
    form.segments(
        "policy", {Words::tr("First"), Words::tr("All"), Words::tr("In turn"), Words::tr("n of")},
        [step] {
            const auto at = std::ranges::find(policies, step.body<ApprovalStep>().policy);
            return static_cast<int>(at - policies.begin());
        },
        [step](int at) {
            step.editBody<ApprovalStep>({}, Words::tr("policy"), [at](ApprovalStep &edited) {
                edited.policy = policies[static_cast<std::size_t>(at)];
                edited.count = edited.policy == PolicyMode::Count ? std::max(edited.count, 2) : 0;
            });
        });
    if (step.body<ApprovalStep>().policy != PolicyMode::Count)
        return;
    Binding count = countBinding(
        {"count", Words::tr("So many must agree")}, 1,
        [step] { return std::optional(step.body<ApprovalStep>().count); },
        [step](std::optional<int> value) {
            step.editBody<ApprovalStep>("count", Words::tr("number of people"),
                [&](ApprovalStep &edited) { edited.count = value.value_or(1); });
        });
    count.pointers = [] { return std::vector<std::string>{"policy"}; };
    form.text(count);
}

QString policyInWords(PolicyMode policy)
{
    switch (policy) {
    case PolicyMode::First: return Words::tr("The first answer decides.");
    case PolicyMode::Everyone: return Words::tr("All must agree; one negative answer decides.");
    case PolicyMode::InTurn: return Words::tr("Each is asked when the one before has agreed.");
    case PolicyMode::Count: break;
    }
    return Words::tr("It is decided when so many have agreed, or no longer can.");
}

void addPeople(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Asks"));
    Binding people = listBinding({"assignees", Words::tr("People")}, OneText::Plain,
        reading(step, &ApprovalStep::assignees),
        writing(step, &ApprovalStep::assignees, "assignees", Words::tr("people")));
    people.placeholder = Words::tr("anyone");
    people.below = [step] { return policyInWords(step.body<ApprovalStep>().policy); };
    form.lines(people, 2);
    addPolicy(form, step);
}

// What happens when it is due. Ids of steps have no '/'.
const QString answerPrefix = QStringLiteral("/");

ComboOption failOption() { return {{}, Words::tr("fail with TimeoutError"), {}, {}}; }

ComboOption answerOption(const std::string &outcome)
{
    const QString name = QString::fromStdString(outcome);
    return {answerPrefix + name, Words::tr("answer “%1”").arg(name), {}, {}};
}

ComboOptions thenOptions(const StepScope &step)
{
    return [step] {
        std::vector<ComboOption> first{failOption()};
        for (const engine::ApprovalOutcome &outcome : step.body<ApprovalStep>().outcomes)
            first.push_back(answerOption(outcome.name));
        return step.stepOptions(std::move(first))();
    };
}

ComboOption shownThen(const StepScope &step)
{
    const auto &approval = step.body<ApprovalStep>();
    const bool answers = approval.onTimeout.empty() && !approval.fallback.empty();
    return answers ? answerOption(approval.fallback)
                   : step.stepOption(approval.onTimeout, failOption());
}

void setThen(ApprovalStep &approval, const QString &choice)
{
    const bool answers = choice.startsWith(answerPrefix);
    approval.fallback = answers ? choice.mid(answerPrefix.size()).toStdString() : std::string();
    approval.onTimeout = {answers ? std::string() : choice.toStdString()};
}

void addDue(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Due"), QStringLiteral("clock"), app::Color::KindPeople);
    Binding due = timeBinding({"due", Words::tr("After")}, reading(step, &ApprovalStep::due),
        writing(step, &ApprovalStep::due, "due", Words::tr("due time")),
        [step] { return step.now(); });
    due.placeholder = Words::tr("no limit");
    form.row(
        [&] {
            form.text(due);
            addClock(
                form, [step] { return step.body<ApprovalStep>().clock; },
                [step](std::string clock) {
                    step.editBody<ApprovalStep>("clock", Words::tr("clock"),
                        [&](ApprovalStep &edited) { edited.clock = std::move(clock); });
                });
        },
        {3, 2});
    form.combo({.name = "default",
                   .label = Words::tr("Then"),
                   .read = [step] { return shownThen(step).value; },
                   .write =
                       [step](const QString &choice) {
                           step.editBody<ApprovalStep>({}, Words::tr("what happens when it is due"),
                               [&](ApprovalStep &edited) { setThen(edited, choice); });
                           return QString();
                       },
                   .pointers =
                       [] {
                           return std::vector<std::string>{"default", "onTimeout"};
                       }},
        thenOptions(step), [step] { return shownThen(step); });
}

void addAnswers(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Answers"));
    form.editableCombo(
        {.name = "event",
            .label = Words::tr("Also by the event"),
            .read = [step] { return QString::fromStdString(step.body<ApprovalStep>().event); },
            .write =
                [step](const QString &text) {
                    step.editBody<ApprovalStep>("event", Words::tr("event"),
                        [&](ApprovalStep &edited) { edited.event = text.toStdString(); });
                    return QString();
                },
            .placeholder = QString::fromLatin1(ApprovalStep::usualEvent),
            .below = [step] { return declarationHint(step, step.body<ApprovalStep>().event); }},
        declaredEvents(step));
    Binding schema = jsonBinding(
        {"schema", Words::tr("Form · JSON Schema")},
        [step] { return step.body<ApprovalStep>().form; },
        [step](std::optional<engine::JsonText> value) {
            step.editBody<ApprovalStep>("form", Words::tr("form"),
                [&](ApprovalStep &edited) { edited.form = std::move(value); });
        });
    schema.placeholder = Words::tr("nothing but the outcome and a comment");
    schema.pointers = [] { return std::vector<std::string>{"form"}; };
    form.lines(schema, 5);
}

} // namespace

void buildApprovalPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Question"), QStringLiteral("approval"), app::Color::KindPeople);
    addQuestion(form, step);
    addPeople(form, step);
    addOutcomes(form, step);
    addDue(form, step);
    addReminders(form, step);
    addEscalations(form, step);
    addAnswers(form, step);
    addErrorWays(form, step);
}

} // namespace designer
