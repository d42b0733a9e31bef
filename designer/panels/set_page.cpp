#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::SetPage)
};

using engine::EndStep;
using engine::FailStep;
using engine::SetStep;
using Assignments = std::vector<std::pair<std::string, engine::Template>>;

/// One of the lists of a set step, with the words for it.
struct AssignmentList {
    Assignments SetStep::*list;
    std::string name;
    QString title;
    QString add;
};

ComboOptions declaredVariables(const StepScope &step)
{
    return [document = &step.document()] {
        std::vector<ComboOption> options;
        for (const auto &[name, value] : document->flow().variables) {
            const QString shown = QString::fromStdString(name);
            options.push_back({shown, shown, {}, {}});
        }
        return options;
    };
}

void addAssignment(
    InspectorForm &form, const StepScope &step, const AssignmentList &list, std::size_t at)
{
    const std::string name = list.name + '/' + std::to_string(at);
    const auto read = [step, member = list.list, at] {
        const Assignments &all = step.body<SetStep>().*member;
        return at < all.size() ? all[at] : Assignments::value_type();
    };
    const auto change = [step, member = list.list, at, name](const auto &write) {
        step.editBody<SetStep>(name, Words::tr("variables"), [&](SetStep &edited) {
            if (at < (edited.*member).size())
                write((edited.*member)[at]);
        });
    };
    form.row(
        [&] {
            form.editableCombo(
                {.name = name + "/name",
                    .label = Words::tr("Variable"),
                    .read = [read] { return QString::fromStdString(read().first); },
                    .write =
                        [change](const QString &text) {
                            change([&](auto &edited) { edited.first = text.toStdString(); });
                            return QString();
                        }},
                declaredVariables(step));
            form.text(valueBinding(
                {name + "/value", Words::tr("Value")},
                [read] { return MaybeTemplate(read().second); },
                [change](const MaybeTemplate &value) {
                    change(
                        [&](auto &edited) { edited.second = value.value_or(engine::Template()); });
                }));
            form.cross(name + "/remove", Words::tr("Remove"), [step, member = list.list, at] {
                step.editBody<SetStep>({}, Words::tr("variables"), [&](SetStep &edited) {
                    Assignments &all = edited.*member;
                    if (at < all.size())
                        all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
                });
            });
        },
        {2, 3});
}

void addAssignments(InspectorForm &form, const StepScope &step, const AssignmentList &list)
{
    form.section(list.title);
    for (std::size_t i = 0; i < (step.body<SetStep>().*list.list).size(); ++i)
        addAssignment(form, step, list, i);
    form.link(list.name + ".add", list.add, [step, member = list.list] {
        step.editBody<SetStep>({}, Words::tr("variables"), [member](SetStep &edited) {
            (edited.*member).emplace_back(std::string(), engine::templateFrom(engine::JsonText()));
        });
    });
}

/// A value of a body of one kind, over several lines.
template<typename Body>
Binding memberBinding(const StepScope &step, const FieldName &field, MaybeTemplate Body::*member)
{
    return valueBinding(
        field, [step, member] { return step.body<Body>().*member; },
        [step, member, field](MaybeTemplate value) {
            step.editBody<Body>(field.name, field.label.toLower(),
                [&](Body &edited) { edited.*member = std::move(value); });
        });
}

} // namespace

void buildSetPage(InspectorForm &form, const StepScope &step)
{
    addAssignments(form, step,
        {&SetStep::variables, "variables", Words::tr("Sets"), Words::tr("Set a variable")});
    addAssignments(form, step,
        {&SetStep::append, "append", Words::tr("Appends to lists"), Words::tr("Append to a list")});
    form.section(Words::tr("Custom status"));
    Binding status = memberBinding(step, {"status", Words::tr("Status")}, &SetStep::status);
    status.placeholder = QStringLiteral("=({ stage: 'paid' })");
    form.lines(status, 3);
    addNext(form, step);
    addErrorWays(form, step);
}

void buildEndPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Result of the instance"));
    Binding output = memberBinding(step, {"output", Words::tr("Output")}, &EndStep::output);
    output.hint = Words::tr("JSON; strings that begin with = are expressions. Empty: null.");
    form.lines(output, 9);
}

void buildFailPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Fails with"));
    form.text(textBinding(
        {"type", Words::tr("Error type")},
        [step] { return MaybeTemplate(step.body<FailStep>().type); },
        [step](const MaybeTemplate &value) {
            step.editBody<FailStep>("type", Words::tr("error type"), [&](FailStep &edited) {
                edited.type = value.value_or(engine::templateFrom(engine::JsonText::ofString("")));
            });
        }));
    form.lines(memberBinding(step, {"message", Words::tr("Message")}, &FailStep::message), 2);
    form.lines(memberBinding(step, {"details", Words::tr("Details")}, &FailStep::details), 4);
}

} // namespace designer
