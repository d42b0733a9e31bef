#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::ChoicePage)
};

using engine::ChoiceCase;
using engine::ChoiceStep;

ChoiceCase caseAt(const StepScope &step, std::size_t at)
{
    const auto &cases = step.body<ChoiceStep>().cases;
    return at < cases.size() ? cases[at] : ChoiceCase();
}

void changeCase(const StepScope &step, const std::string &field, std::size_t at,
    const std::function<void(ChoiceCase &)> &change)
{
    step.editBody<ChoiceStep>(field, Words::tr("case %1").arg(at + 1), [&](ChoiceStep &choice) {
        if (at < choice.cases.size())
            change(choice.cases[at]);
    });
}

void addTarget(InspectorForm &form, const StepScope &step, std::size_t at, const std::string &name)
{
    const ComboOption none{{}, Words::tr("nowhere yet"), {}, {}};
    form.combo(
        {.name = name + "/next",
            .label = Words::tr("Go to"),
            .read = [step, at] { return QString::fromStdString(caseAt(step, at).next.value); },
            .write =
                [step, at](const QString &id) {
                    changeCase(step, {}, at,
                        [&](ChoiceCase &edited) { edited.next = {id.toStdString()}; });
                    return QString();
                }},
        step.stepOptions({none}),
        [step, at, none] { return step.stepOption(caseAt(step, at).next, none); });
}

void addCase(InspectorForm &form, const StepScope &step, std::size_t at)
{
    const std::string name = "cases/" + std::to_string(at);
    form.section(Words::tr("Case %1").arg(at + 1));
    Binding when = expressionBinding(
        {name + "/when", Words::tr("When · expression")},
        [step, at] { return std::optional(caseAt(step, at).when); },
        [step, at, name](const std::optional<engine::Expression> &value) {
            changeCase(step, name + "/when", at,
                [&](ChoiceCase &edited) { edited.when = value.value_or(engine::Expression()); });
        });
    when.placeholder = QStringLiteral("=steps.review.approved");
    form.text(when);
    form.row(
        [&] {
            Binding label = plainBinding(
                {name + "/name", Words::tr("Name on the edge")},
                [step, at] { return caseAt(step, at).name; },
                [step, at, name](const std::string &text) {
                    changeCase(
                        step, name + "/name", at, [&](ChoiceCase &edited) { edited.name = text; });
                });
            form.text(label);
            addTarget(form, step, at, name);
            form.cross(name + "/remove", Words::tr("Remove this case"), [step, at] {
                step.editBody<ChoiceStep>({}, Words::tr("cases"), [&](ChoiceStep &choice) {
                    if (at < choice.cases.size())
                        choice.cases.erase(choice.cases.begin() + static_cast<std::ptrdiff_t>(at));
                });
            });
        },
        {1, 1});
}

} // namespace

void buildChoicePage(InspectorForm &form, const StepScope &step)
{
    for (std::size_t i = 0; i < step.body<ChoiceStep>().cases.size(); ++i)
        addCase(form, step, i);
    form.link("cases.add", Words::tr("Add a case"), [step] {
        step.editBody<ChoiceStep>(
            {}, Words::tr("cases"), [](ChoiceStep &choice) { choice.cases.emplace_back(); });
    });
    form.section(Words::tr("Otherwise"));
    const ComboOption none{{}, Words::tr("nowhere yet"), {}, {}};
    form.combo(
        {.name = "otherwise",
            .read =
                [step] { return QString::fromStdString(step.body<ChoiceStep>().otherwise.value); },
            .write =
                [step](const QString &id) {
                    step.editBody<ChoiceStep>({}, Words::tr("otherwise"),
                        [&](ChoiceStep &choice) { choice.otherwise = {id.toStdString()}; });
                    return QString();
                }},
        step.stepOptions({none}),
        [step, none] { return step.stepOption(step.body<ChoiceStep>().otherwise, none); });
}

} // namespace designer
