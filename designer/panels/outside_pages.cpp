// Pages of the steps that speak to other instances and programs, of resume and of the note.
#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"
#include "designer/panels/wait_rows.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::OutsidePages)
};

using engine::ContinueAsNewStep;
using engine::EmitStep;
using engine::NoteStep;
using engine::SendStep;
using engine::SubFlowStep;

engine::Template noText() { return engine::templateFrom(engine::JsonText::ofString("")); }

/// A text that the step cannot do without.
template<typename Body>
Binding neededText(const StepScope &step, const FieldName &field, engine::Template Body::*member)
{
    return textBinding(
        field, [step, member] { return MaybeTemplate(step.body<Body>().*member); },
        [step, member, field](MaybeTemplate value) {
            step.editBody<Body>(field.name, field.label.toLower(),
                [&](Body &edited) { edited.*member = value.value_or(noText()); });
        });
}

template<typename Body>
Binding anyValue(const StepScope &step, const FieldName &field, MaybeTemplate Body::*member)
{
    return valueBinding(
        field, [step, member] { return step.body<Body>().*member; },
        [step, member, field](MaybeTemplate value) {
            step.editBody<Body>(field.name, field.label.toLower(),
                [&](Body &edited) { edited.*member = std::move(value); });
        });
}

Binding filled(Binding binding, const QString &placeholder, const QString &hint)
{
    binding.placeholder = placeholder;
    binding.hint = hint;
    return binding;
}

void addFlow(InspectorForm &form, const StepScope &step)
{
    Binding version = countBinding(
        {"version", Words::tr("Version")}, 1, [step] { return step.body<SubFlowStep>().version; },
        [step](std::optional<int> value) {
            step.editBody<SubFlowStep>("version", Words::tr("version"),
                [&](SubFlowStep &edited) { edited.version = value; });
        });
    version.placeholder = Words::tr("newest");
    form.row(
        [&] {
            form.text(filled(neededText(step, {"flow", Words::tr("Flow")}, &SubFlowStep::flow),
                QStringLiteral("Shipment"), {}));
            form.text(version);
        },
        {5, 3});
}

} // namespace

void buildSubFlowPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Starts"), QStringLiteral("sub-flow"), app::Color::KindWork);
    addFlow(form, step);
    form.lines(filled(anyValue(step, {"input", Words::tr("Input")}, &SubFlowStep::input),
                   QStringLiteral("=input"), Words::tr("What the new instance is given.")),
        4);
    form.text(filled(anyValue(step, {"id", Words::tr("Instance id")}, &SubFlowStep::id),
        Words::tr("made for it"), Words::tr("An id of your own lets others find it.")));
    form.section(Words::tr("Then"));
    form.segments(
        "wait", {Words::tr("Waits for its end"), Words::tr("Goes on at once")},
        [step] { return step.body<SubFlowStep>().wait ? 0 : 1; },
        [step](int at) {
            step.editBody<SubFlowStep>(
                {}, Words::tr("waiting"), [&](SubFlowStep &edited) { edited.wait = at == 0; });
        });
    form.sentence(Words::tr("The result is its output, or its id where nobody waits for it."));
    addNext(form, step);
    addErrorWays(form, step);
}

void buildSendPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Sends"), QStringLiteral("send"), app::Color::KindOut);
    form.text(filled(
        neededText(step, {"instance", Words::tr("To the instance")}, &SendStep::instance),
        QStringLiteral("=input.parent"), Words::tr("The id of the instance that gets the event.")));
    form.editableCombo(
        {.name = "event",
            .label = Words::tr("Event"),
            .read = [step] { return QString::fromStdString(step.body<SendStep>().event); },
            .write =
                [step](const QString &text) {
                    step.editBody<SendStep>("event", Words::tr("event"),
                        [&](SendStep &edited) { edited.event = text.toStdString(); });
                    return QString();
                },
            .hint = Words::tr("As the flow of that instance calls it."),
            .placeholder = Words::tr("name of the event")},
        declaredEvents(step));
    form.lines(filled(anyValue(step, {"data", Words::tr("Payload")}, &SendStep::data),
                   QStringLiteral("{ \"id\": \"=input.id\" }"), Words::tr("Empty: null.")),
        4);
    addNext(form, step);
    addErrorWays(form, step);
}

void buildEmitPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Posts a CloudEvent"), QStringLiteral("emit"), app::Color::KindOut);
    form.text(filled(neededText(step, {"url", Words::tr("URL")}, &EmitStep::url),
        QStringLiteral("https://…"), Words::tr("Who takes the event.")));
    form.text(filled(neededText(step, {"type", Words::tr("Type")}, &EmitStep::type),
        QStringLiteral("order.paid"), {}));
    form.lines(filled(anyValue(step, {"data", Words::tr("Data")}, &EmitStep::data),
                   QStringLiteral("=steps.pay"), Words::tr("Empty: no data.")),
        4);
    addNext(form, step);
    addErrorWays(form, step);
}

void buildContinueAsNewPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Begins anew"), QStringLiteral("continue"), app::Color::KindOut);
    form.lines(filled(anyValue(step, {"input", Words::tr("Input")}, &ContinueAsNewStep::input),
                   QStringLiteral("=({ page: input.page + 1 })"),
                   Words::tr("The same instance begins again with this input and a short "
                             "history.")),
        6);
}

void buildResumePage(InspectorForm &form, const StepScope &)
{
    form.section(Words::tr("Goes back"), QStringLiteral("resume"), app::Color::KindInterrupt);
    form.sentence(
        Words::tr("Ends the handler of an interrupt. What the interrupt halted goes on."));
}

void buildNotePage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Note"), QStringLiteral("note"), app::Color::Ochre);
    Binding text = plainBinding(
        {"text", Words::tr("Text")}, [step] { return step.body<NoteStep>().text; },
        [step](const std::string &written) {
            step.editBody<NoteStep>(
                "text", Words::tr("text"), [&](NoteStep &edited) { edited.text = written; });
        });
    text.hint = Words::tr("Stands on the canvas; the engine does not read it.");
    form.lines(text, 8);
}

} // namespace designer
