#include "designer/document/flow_document.h"
#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::FlowPage)
};

using engine::EventDeclaration;
using MaybeJson = std::optional<engine::JsonText>;

/// One undoable edit of what a flow has besides its steps.
void edit(FlowDocument &document, const std::string &field, const QString &label,
    const std::function<void(FlowProperties &)> &change)
{
    FlowProperties properties = propertiesOf(document.flow());
    change(properties);
    //: Undo text. %1 is the label of a field.
    document.changeProperties(std::move(properties), {Words::tr("Change %1").arg(label), field});
}

EventDeclaration eventAt(const FlowDocument &document, std::size_t at)
{
    const auto &events = document.flow().events;
    return at < events.size() ? events[at] : EventDeclaration();
}

void changeEvent(FlowDocument &document, const std::string &field, std::size_t at,
    const std::function<void(EventDeclaration &)> &change)
{
    const QString name = QString::fromStdString(eventAt(document, at).name);
    edit(document, field, Words::tr("event %1").arg(name), [&](FlowProperties &edited) {
        if (at < edited.events.size())
            change(edited.events[at]);
    });
}

QString renameEvent(FlowDocument &document, std::size_t at, const QString &text)
{
    const auto renamed = document.renameEvent(eventAt(document, at).name, text.toStdString());
    if (renamed)
        return {};
    return renamed.error().code == engine::ErrorCode::AlreadyExists
               ? Words::tr("Another event has this name.")
               : Words::tr("An event needs a name.");
}

void addEventJson(InspectorForm &form, FlowDocument &document, std::size_t at,
    const FieldName &field, MaybeJson EventDeclaration::*member)
{
    form.lines(jsonBinding(
                   field, [&document, at, member] { return eventAt(document, at).*member; },
                   [&document, at, member, field](MaybeJson value) {
                       changeEvent(document, field.name, at,
                           [&](EventDeclaration &event) { event.*member = std::move(value); });
                   }),
        3);
}

void addEvent(InspectorForm &form, FlowDocument &document, std::size_t at)
{
    const std::string name = "events/" + std::to_string(at);
    form.row(
        [&] {
            form.text({.name = name + "/name",
                .label = Words::tr("Event"),
                .read = [&document,
                            at] { return QString::fromStdString(eventAt(document, at).name); },
                .write = [&document, at](
                             const QString &text) { return renameEvent(document, at, text); }});
            form.cross(name + "/remove", Words::tr("Remove this event"), [&document, at] {
                edit(document, {}, Words::tr("events"), [&](FlowProperties &edited) {
                    if (at < edited.events.size())
                        edited.events.erase(
                            edited.events.begin() + static_cast<std::ptrdiff_t>(at));
                });
            });
        },
        {1});
    form.text(plainBinding(
        {name + "/description", Words::tr("Description")},
        [&document, at] { return eventAt(document, at).description; },
        [&document, at, name](const std::string &text) {
            changeEvent(document, name + "/description", at,
                [&](EventDeclaration &event) { event.description = text; });
        }));
    addEventJson(form, document, at, {name + "/schema", Words::tr("Schema of its payload")},
        &EventDeclaration::schema);
    addEventJson(
        form, document, at, {name + "/example", Words::tr("Example")}, &EventDeclaration::example);
}

std::string newEventName(const engine::Flow &flow)
{
    std::string name = "Event";
    for (int number = 2; engine::findEvent(flow, name); ++number)
        name = "Event" + std::to_string(number);
    return name;
}

void addEvents(InspectorForm &form, FlowDocument &document)
{
    form.section(Words::tr("Events"), QStringLiteral("wait"), app::Color::KindWait);
    for (std::size_t i = 0; i < document.flow().events.size(); ++i)
        addEvent(form, document, i);
    form.link("events.add", Words::tr("Declare an event"), [&document] {
        edit(document, {}, Words::tr("events"), [&](FlowProperties &edited) {
            edited.events.push_back({.name = newEventName(document.flow())});
        });
    });
}

void addVariable(InspectorForm &form, FlowDocument &document, std::size_t at)
{
    using Variable = std::pair<std::string, engine::JsonText>;
    const std::string name = "variables/" + std::to_string(at);
    const auto read = [&document, at] {
        const auto &all = document.flow().variables;
        return at < all.size() ? all[at] : Variable();
    };
    const auto change = [&document, at, name](const std::function<void(Variable &)> &write) {
        edit(document, name, Words::tr("variables"), [&](FlowProperties &edited) {
            if (at < edited.variables.size())
                write(edited.variables[at]);
        });
    };
    form.row(
        [&] {
            form.text(plainBinding(
                {name + "/name", Words::tr("Variable")}, [read] { return read().first; },
                [change](const std::string &text) {
                    change([&](Variable &variable) { variable.first = text; });
                }));
            form.text(jsonBinding(
                {name + "/value", Words::tr("First value")},
                [read] { return MaybeJson(read().second); },
                [change](const MaybeJson &value) {
                    change([&](Variable &variable) {
                        variable.second = value.value_or(engine::JsonText());
                    });
                }));
            form.cross(name + "/remove", Words::tr("Remove"), [&document, at] {
                edit(document, {}, Words::tr("variables"), [&](FlowProperties &edited) {
                    if (at < edited.variables.size())
                        edited.variables.erase(
                            edited.variables.begin() + static_cast<std::ptrdiff_t>(at));
                });
            });
        },
        {1, 1});
}

void addVariables(InspectorForm &form, FlowDocument &document)
{
    form.section(Words::tr("Variables"), QStringLiteral("set"), app::Color::KindData);
    for (std::size_t i = 0; i < document.flow().variables.size(); ++i)
        addVariable(form, document, i);
    form.link("variables.add", Words::tr("Add a variable"), [&document] {
        edit(document, {}, Words::tr("variables"), [](FlowProperties &edited) {
            edited.variables.emplace_back(
                "variable" + std::to_string(edited.variables.size() + 1), engine::JsonText());
        });
    });
}

} // namespace

void buildFlowPage(InspectorForm &form, FlowDocument &document)
{
    form.section(Words::tr("Flow"));
    Binding description = plainBinding(
        {"description", Words::tr("Description")},
        [&document] { return document.flow().description; },
        [&document](const std::string &text) {
            edit(document, "description", Words::tr("description"),
                [&](FlowProperties &edited) { edited.description = text; });
        });
    form.lines(description, 3);
    form.section(Words::tr("Input"));
    Binding schema = jsonBinding(
        {"input", Words::tr("JSON Schema")}, [&document] { return document.flow().input; },
        [&document](MaybeJson value) {
            edit(document, "input", Words::tr("input schema"),
                [&](FlowProperties &edited) { edited.input = std::move(value); });
        });
    schema.placeholder = QStringLiteral("{ \"type\": \"object\" }");
    schema.hint = Words::tr("The start form is made from it. Empty: anything is taken.");
    form.lines(schema, 7);
    addEvents(form, document);
    addVariables(form, document);
    form.finish();
    form.refresh();
}

} // namespace designer
