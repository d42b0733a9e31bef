#include "designer/panels/outcome_rows.h"

#include "engine/base/json_pointer.h"

#include <QCoreApplication>

#include <algorithm>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::OutcomeRows)
};

using engine::ApprovalOutcome;
using engine::ApprovalStep;
using engine::OutcomeKind;

ComboOption nowhere() { return {{}, Words::tr("nowhere yet"), {}, {}}; }

ApprovalOutcome outcomeAt(const StepScope &step, std::size_t at)
{
    const auto &outcomes = step.body<ApprovalStep>().outcomes;
    return at < outcomes.size() ? outcomes[at] : ApprovalOutcome();
}

void changeOutcome(const StepScope &step, const std::string &field, std::size_t at,
    const std::function<void(ApprovalOutcome &)> &change)
{
    const QString name = QString::fromStdString(outcomeAt(step, at).name);
    //: Part of an undo text. %1 is the name of an outcome.
    const QString label = Words::tr("outcome “%1”").arg(name);
    step.editBody<ApprovalStep>(field, label, [&](ApprovalStep &edited) {
        if (at < edited.outcomes.size())
            change(edited.outcomes[at]);
    });
}

/// What is wrong with `name` for the outcome at `at`; empty: it can have it.
QString faultOfName(const ApprovalStep &approval, std::size_t at, const std::string &name)
{
    if (name.empty())
        return Words::tr("An outcome needs a name.");
    for (std::size_t i = 0; i < approval.outcomes.size(); ++i)
        if (i != at && engine::sameEventName(approval.outcomes[i].name, name))
            return Words::tr("Another outcome has this name.");
    return {};
}

/// What is answered when the time is up keeps meaning the same outcome.
QString renameOutcome(const StepScope &step, std::size_t at, const QString &text)
{
    const std::string name = text.trimmed().toStdString();
    if (const QString fault = faultOfName(step.body<ApprovalStep>(), at, name); !fault.isEmpty())
        return fault;
    step.editBody<ApprovalStep>("outcomes/" + std::to_string(at) + "/name",
        Words::tr("name of an outcome"), [&](ApprovalStep &edited) {
            if (at >= edited.outcomes.size())
                return;
            std::string &present = edited.outcomes[at].name;
            if (engine::sameEventName(edited.fallback, present))
                edited.fallback = name;
            present = name;
        });
    return {};
}

/// The file has the outcomes by name, the form by number.
std::function<std::vector<std::string>()> pointersTo(
    const StepScope &step, std::size_t at, const std::string &member)
{
    return [step, at, member] {
        const std::string pointer = engine::childPointer("outcomes", outcomeAt(step, at).name);
        return std::vector{member.empty() ? pointer : engine::childPointer(pointer, member)};
    };
}

ComboOption kindOption(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Positive:
        return {QStringLiteral("positive"), Words::tr("positive"), QStringLiteral("tick"),
            app::Color::Completed};
    case OutcomeKind::Negative:
        return {QStringLiteral("negative"), Words::tr("negative"), QStringLiteral("cross"),
            app::Color::Failed};
    case OutcomeKind::Neutral: break;
    }
    return {QStringLiteral("neutral"), Words::tr("neutral"), QStringLiteral("minus"),
        app::Color::Text2};
}

ComboOption commentOption(bool needed)
{
    return needed ? ComboOption{QStringLiteral("needed"), Words::tr("needed"), {}, {}}
                  : ComboOption{{}, Words::tr("optional"), {}, {}};
}

std::vector<ComboOption> commentOptions() { return {commentOption(false), commentOption(true)}; }

std::vector<ComboOption> kindOptions()
{
    return {kindOption(OutcomeKind::Positive), kindOption(OutcomeKind::Negative),
        kindOption(OutcomeKind::Neutral)};
}

void addName(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    form.text({.name = name + "/name",
        .label = Words::tr("Outcome"),
        .read = [step, at] { return QString::fromStdString(outcomeAt(step, at).name); },
        .write = [step, at](const QString &text) { return renameOutcome(step, at, text); },
        .pointers = pointersTo(step, at, {})});
}

void addKind(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    form.combo({.name = name + "/kind",
                   .label = Words::tr("Kind"),
                   .read = [step, at] { return kindOption(outcomeAt(step, at).kind).value; },
                   .write =
                       [step, at](const QString &value) {
                           changeOutcome(step, {}, at, [&](ApprovalOutcome &edited) {
                               for (const OutcomeKind kind : {OutcomeKind::Positive,
                                        OutcomeKind::Negative, OutcomeKind::Neutral})
                                   if (kindOption(kind).value == value)
                                       edited.kind = kind;
                           });
                           return QString();
                       },
                   .pointers = pointersTo(step, at, "kind")},
        kindOptions, [step, at] { return kindOption(outcomeAt(step, at).kind); });
}

void addTarget(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    form.combo(
        {.name = name + "/next",
            .label = Words::tr("Go to"),
            .read = [step, at] { return QString::fromStdString(outcomeAt(step, at).next.value); },
            .write =
                [step, at](const QString &id) {
                    changeOutcome(step, {}, at,
                        [&](ApprovalOutcome &edited) { edited.next = {id.toStdString()}; });
                    return QString();
                },
            .pointers = pointersTo(step, at, "next")},
        step.stepOptions({nowhere()}),
        [step, at] { return step.stepOption(outcomeAt(step, at).next, nowhere()); });
}

void addComment(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    form.combo(
        {.name = name + "/comment",
            .label = Words::tr("Comment"),
            .read = [step, at] { return commentOption(outcomeAt(step, at).requiresComment).value; },
            .write =
                [step, at](const QString &value) {
                    changeOutcome(step, {}, at, [&](ApprovalOutcome &edited) {
                        edited.requiresComment = !value.isEmpty();
                    });
                    return QString();
                },
            .pointers = pointersTo(step, at, "requireComment")},
        commentOptions, [step, at] { return commentOption(outcomeAt(step, at).requiresComment); });
}

void removeOutcome(const StepScope &step, std::size_t at)
{
    const QString name = QString::fromStdString(outcomeAt(step, at).name);
    step.editBody<ApprovalStep>(
        {}, Words::tr("outcomes, without “%1”,").arg(name), [&](ApprovalStep &edited) {
            if (at >= edited.outcomes.size())
                return;
            if (engine::sameEventName(edited.fallback, edited.outcomes[at].name))
                edited.fallback.clear();
            edited.outcomes.erase(edited.outcomes.begin() + static_cast<std::ptrdiff_t>(at));
        });
}

void addOutcome(InspectorForm &form, const StepScope &step, std::size_t at)
{
    const std::string name = "outcomes/" + std::to_string(at);
    form.row(
        [&] {
            addName(form, step, at, name);
            addKind(form, step, at, name);
            form.cross(name + "/remove", Words::tr("Remove this outcome"),
                [step, at] { removeOutcome(step, at); });
        },
        {1, 1});
    form.row(
        [&] {
            addTarget(form, step, at, name);
            addComment(form, step, at, name);
        },
        {1, 1});
}

/// A name that no outcome has.
std::string newName(const ApprovalStep &approval)
{
    std::string name = "other";
    for (int number = 2; engine::findOutcome(approval, name); ++number)
        name = "other" + std::to_string(number);
    return name;
}

} // namespace

void addOutcomes(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Outcomes"));
    for (std::size_t i = 0; i < step.body<ApprovalStep>().outcomes.size(); ++i)
        addOutcome(form, step, i);
    form.link("outcomes.add", Words::tr("Add an outcome"), [step] {
        step.editBody<ApprovalStep>({}, Words::tr("outcomes"), [](ApprovalStep &edited) {
            edited.outcomes.push_back({newName(edited), OutcomeKind::Neutral, false, {}});
        });
    });
    form.combo(
        {.name = "requireComment",
            .label = Words::tr("Comment, with every outcome"),
            .read =
                [step] { return commentOption(step.body<ApprovalStep>().requiresComment).value; },
            .write =
                [step](const QString &value) {
                    step.editBody<ApprovalStep>({}, Words::tr("whether a comment is needed"),
                        [&](ApprovalStep &edited) { edited.requiresComment = !value.isEmpty(); });
                    return QString();
                }},
        commentOptions,
        [step] { return commentOption(step.body<ApprovalStep>().requiresComment); });
}

} // namespace designer
