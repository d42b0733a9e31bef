#include "engine/model/flow_json.h"

#include "engine/model/json_fields.h"
#include "engine/model/step_json.h"

namespace engine {
namespace {

OrderedJson correlationJson(const Correlation &correlation)
{
    JsonFields fields;
    if (!correlation.event.source.empty())
        fields.expression("event", correlation.event);
    if (!correlation.instance.source.empty())
        fields.expression("instance", correlation.instance);
    return fields.done();
}

OrderedJson eventStartJson(const EventStart &start)
{
    JsonFields fields;
    fields.value("id", start.id);
    fields.value("input", start.input);
    return fields.done();
}

OrderedJson eventJson(const EventDeclaration &event)
{
    JsonFields fields;
    fields.optional("schema", event.schema);
    fields.text("description", event.description);
    fields.optional("example", event.example);
    fields.text("onInvalid", event.onInvalid);
    if (!event.convert)
        fields.flag("convert", false);
    if (event.correlate)
        fields.add("correlate", correlationJson(*event.correlate));
    fields.text("deliver", event.deliver);
    fields.duration("ttl", event.ttl);
    if (event.startsFlow)
        fields.add("startsFlow", eventStartJson(*event.startsFlow));
    fields.unknown(event.unknown);
    return fields.done();
}

OrderedJson layoutJson(const Layout &layout)
{
    JsonFields steps;
    for (const auto &[step, position] : layout.steps) {
        OrderedJson place = orderedArray();
        for (const int number : {position.x, position.y})
            place.members.emplace_back(std::string(), orderedNumber(std::to_string(number)));
        steps.add(step.value, std::move(place));
    }
    OrderedJson places = steps.done();
    places.block = true; // a moved step is one line of a diff
    JsonFields fields;
    fields.text("direction", layout.direction);
    fields.object("steps", std::move(places));
    if (!layout.notes.isNull())
        fields.json("notes", layout.notes);
    fields.unknown(layout.unknown);
    return fields.done();
}

} // namespace

OrderedJson flowJson(const Flow &flow)
{
    JsonFields events;
    for (const EventDeclaration &event : flow.events)
        events.add(event.name, eventJson(event));
    JsonFields variables;
    for (const auto &[name, value] : flow.variables)
        variables.json(name, value);
    JsonFields steps;
    for (const Step &step : flow.steps)
        steps.add(step.id.value, stepJson(step));
    OrderedJson stepsJson = steps.done();
    stepsJson.block = true;

    JsonFields fields;
    fields.add("signalbox", orderedNumber("1"));
    fields.text("name", flow.name.value);
    fields.text("description", flow.description);
    fields.optional("input", flow.input);
    fields.object("events", events.done());
    fields.object("variables", variables.done());
    fields.step("start", flow.start);
    fields.add("steps", std::move(stepsJson));
    fields.object("interrupts", interruptsJson(flow.interrupts));
    fields.text("retention", flow.retention);
    fields.unknown(flow.unknown);
    fields.object("layout", layoutJson(flow.layout));
    return fields.done();
}

} // namespace engine
