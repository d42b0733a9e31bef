// Pages of the steps that start branches, and of the join where they meet.
#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"

#include <QCoreApplication>

#include <algorithm>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::BranchPages)
};

using engine::ForEachStep;
using engine::JoinStep;
using engine::ParallelStep;
using engine::StepId;

ComboOption nowhere() { return {{}, Words::tr("nowhere yet"), {}, {}}; }

/// The join steps of the flow; elsewhere branches cannot meet.
ComboOptions joinOptions(const StepScope &step)
{
    return [step] {
        std::vector<ComboOption> options{nowhere()};
        for (const engine::Step &each : step.document().flow().steps)
            if (std::holds_alternative<JoinStep>(each.body))
                options.push_back(step.stepOption(each.id, nowhere()));
        return options;
    };
}

template<typename Body>
void addJoin(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("They meet"), QStringLiteral("join"), app::Color::KindRoute);
    form.combo({.name = "join",
                   .label = Words::tr("Join"),
                   .read = [step] { return QString::fromStdString(step.body<Body>().join.value); },
                   .write =
                       [step](const QString &id) {
                           step.editBody<Body>({}, Words::tr("join"),
                               [&](Body &edited) { edited.join = {id.toStdString()}; });
                           return QString();
                       },
                   .hint = Words::tr("The flow goes on from the join.")},
        joinOptions(step), [step] { return step.stepOption(step.body<Body>().join, nowhere()); });
}

StepId branchAt(const StepScope &step, std::size_t at)
{
    const auto &branches = step.body<ParallelStep>().branches;
    return at < branches.size() ? branches[at] : StepId();
}

void addBranch(InspectorForm &form, const StepScope &step, std::size_t at)
{
    const std::string name = "branches/" + std::to_string(at);
    form.row(
        [&] {
            form.combo(
                {.name = name,
                    .label = Words::tr("Branch %1 begins with").arg(at + 1),
                    .read = [step, at] { return QString::fromStdString(branchAt(step, at).value); },
                    .write =
                        [step, at](const QString &id) {
                            step.editBody<ParallelStep>(
                                {}, Words::tr("branches"), [&](ParallelStep &edited) {
                                    if (at < edited.branches.size())
                                        edited.branches[at] = {id.toStdString()};
                                });
                            return QString();
                        }},
                step.stepOptions({}),
                [step, at] { return step.stepOption(branchAt(step, at), nowhere()); });
            form.cross(
                name + "/remove", Words::tr("Remove this branch; its steps stay"), [step, at] {
                    step.editBody<ParallelStep>(
                        {}, Words::tr("branches"), [&](ParallelStep &edited) {
                            if (at < edited.branches.size())
                                edited.branches.erase(
                                    edited.branches.begin() + static_cast<std::ptrdiff_t>(at));
                        });
                });
        },
        {1});
}

void setMode(JoinStep &join, engine::JoinMode mode)
{
    join.mode = mode;
    join.count = mode == engine::JoinMode::Count ? std::max(join.count, 1) : 0;
}

void addMode(InspectorForm &form, const StepScope &step)
{
    form.segments(
        "mode", {Words::tr("All"), Words::tr("Any"), Words::tr("n of")},
        [step] { return static_cast<int>(step.body<JoinStep>().mode); },
        [step](int at) {
            step.editBody<JoinStep>({}, Words::tr("mode"),
                [&](JoinStep &edited) { setMode(edited, static_cast<engine::JoinMode>(at)); });
        });
    switch (step.body<JoinStep>().mode) {
    case engine::JoinMode::All:
        return form.sentence(Words::tr("Goes on when every branch is here; its result holds "
                                       "theirs."));
    case engine::JoinMode::Any:
        return form.sentence(Words::tr("Goes on with the first branch; the others are canceled."));
    case engine::JoinMode::Count: break;
    }
    Binding count = countBinding(
        {"count", Words::tr("So many branches")}, 1,
        [step] { return std::optional(step.body<JoinStep>().count); },
        [step](std::optional<int> value) {
            step.editBody<JoinStep>("count", Words::tr("number of branches"),
                [&](JoinStep &edited) { edited.count = value.value_or(1); });
        });
    count.hint = Words::tr("Goes on when so many are here; the others are canceled.");
    form.text(count);
}

void addItem(InspectorForm &form, const StepScope &step)
{
    Binding as = plainBinding(
        {"as", Words::tr("Name of the item")}, [step] { return step.body<ForEachStep>().as; },
        [step](const std::string &text) {
            step.editBody<ForEachStep>("as", Words::tr("name of the item"),
                [&](ForEachStep &edited) { edited.as = text; });
        });
    as.placeholder = QStringLiteral("item");
    Binding atOnce = countBinding(
        {"atOnce", Words::tr("At once")}, 1, [step] { return step.body<ForEachStep>().atOnce; },
        [step](std::optional<int> value) {
            step.editBody<ForEachStep>("atOnce", Words::tr("number at once"),
                [&](ForEachStep &edited) { edited.atOnce = value; });
        });
    atOnce.placeholder = QString::number(ForEachStep::usualAtOnce);
    form.row(
        [&] {
            form.text(as);
            form.text(atOnce);
        },
        {1, 1});
    form.sentence(Words::tr("Expressions read the item by its name, and its place in the list as "
                            "index."));
}

} // namespace

void buildParallelPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Branches"), QStringLiteral("parallel"), app::Color::KindRoute);
    for (std::size_t i = 0; i < step.body<ParallelStep>().branches.size(); ++i)
        addBranch(form, step, i);
    form.link("branches.add", Words::tr("Add a branch"),
        [step] { step.document().addBranch(step.id()); });
    addJoin<ParallelStep>(form, step);
    addErrorWays(form, step);
}

void buildJoinPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Waits for"), QStringLiteral("join"), app::Color::KindRoute);
    addMode(form, step);
    addNext(form, step);
    addErrorWays(form, step);
}

void buildForEachPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("For each"), QStringLiteral("for-each"), app::Color::KindRoute);
    Binding items = expressionBinding(
        {"items", Words::tr("List · expression")},
        [step] { return std::optional(step.body<ForEachStep>().items); },
        [step](const std::optional<engine::Expression> &value) {
            step.editBody<ForEachStep>("items", Words::tr("list"),
                [&](ForEachStep &edited) { edited.items = value.value_or(engine::Expression()); });
        });
    items.placeholder = QStringLiteral("=input.parcels");
    items.hint = Words::tr("One branch starts for each item of it.");
    form.text(items);
    addItem(form, step);
    form.section(Words::tr("Begins with"));
    form.combo(
        {.name = "do",
            .label = Words::tr("First step"),
            .read = [step] { return QString::fromStdString(step.body<ForEachStep>().first.value); },
            .write =
                [step](const QString &id) {
                    step.editBody<ForEachStep>({}, Words::tr("first step"),
                        [&](ForEachStep &edited) { edited.first = {id.toStdString()}; });
                    return QString();
                }},
        step.stepOptions({nowhere()}),
        [step] { return step.stepOption(step.body<ForEachStep>().first, nowhere()); });
    addJoin<ForEachStep>(form, step);
    addErrorWays(form, step);
}

} // namespace designer
