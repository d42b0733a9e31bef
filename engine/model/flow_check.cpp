#include "engine/model/flow_check.h"

#include "engine/base/json_pointer.h"
#include "engine/model/check_report.h"
#include "engine/model/correlation_check.h"
#include "engine/model/event_uses.h"
#include "engine/model/expression_check.h"
#include "engine/model/flow_graph.h"
#include "engine/model/handler_check.h"
#include "engine/model/known_members.h"
#include "engine/model/nearest_name.h"
#include "engine/model/region_check.h"
#include "engine/model/schema/schema.h"
#include "engine/model/step_check.h"
#include "engine/model/time_mends.h"

#include <algorithm>
#include <array>
#include <map>

namespace engine {
namespace {

constexpr std::size_t mostSteps = 10'000;
constexpr std::size_t longestName = 256;

void checkName(const Flow &flow, CheckReport &report)
{
    const std::string &name = flow.name.value;
    const bool control = std::ranges::any_of(
        name, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
    if (name.empty())
        report.error("missing-name", {{}, "/name"}, "The flow needs a name.");
    else if (control || name.size() > longestName || name.starts_with('@') ||
             name.find_first_of("/\\#?") != std::string::npos)
        report.error("wrong-name", {{}, "/name"},
            "The name '%1' must have at most 256 characters, not begin with '@' and hold none of / "
            "\\ # ?",
            {name});
}

/// The fault of a JSON Schema in the file, and of its examples.
void checkSchema(const JsonText &schema, const CheckPlace &place, CheckReport &report)
{
    for (const SchemaFault &fault : schemaProblems(schema))
        report.error(
            "wrong-schema", {place.step, place.pointer + fault.pointer}, "%1", {fault.message});
}

/// One of a few words, else the default, which is to leave it out.
Mend mendOfChoice(
    const std::string &pointer, std::string_view word, const std::vector<std::string> &words)
{
    return mendOfName(pointer, word, words).value_or(removeMember(pointer));
}

void checkEvent(const Flow &flow, const EventDeclaration &event, CheckReport &report)
{
    const std::string pointer = childPointer("/events", event.name);
    constexpr std::array<std::string_view, 4> onInvalid{"", "reject", "fail", "ignore"};
    if (event.name.empty())
        report.error("missing-event", {{}, pointer}, "An event needs a name.");
    if (event.schema)
        checkSchema(*event.schema, {{}, childPointer(pointer, "schema")}, report);
    if (event.schema && event.example && schemaProblems(*event.schema).empty())
        for (const SchemaFault &fault : validate(*event.schema, *event.example))
            report.warning("wrong-example", {{}, childPointer(pointer, "example") + fault.pointer},
                "The example of '%1' breaks the schema: %2", {event.name, fault.message});
    if (!event.example)
        report.hint("no-example", {{}, pointer},
            "The event '%1' has no example; the form to raise it starts empty.", {event.name});
    if (!event.schema && !answersOnly(flow, event.name))
        report.hint("no-schema", {{}, pointer},
            "The event '%1' has no schema, so any payload is taken.", {event.name});
    const std::string onInvalidPointer = childPointer(pointer, "onInvalid");
    if (std::ranges::find(onInvalid, event.onInvalid) == onInvalid.end())
        report
            .error("wrong-value", {{}, onInvalidPointer},
                "'onInvalid' must be 'reject', 'fail' or 'ignore'.")
            .mend(mendOfChoice(onInvalidPointer, event.onInvalid, {"reject", "fail", "ignore"}));
    checkCorrelation(event, pointer, report);
    for (const UnknownMember &member : event.unknown) {
        const std::string place = childPointer(pointer, member.key);
        report.error("unknown-member", {{}, place}, "'%1' is not known here.", {member.key})
            .mend(mendOfUnknown(place, member.key, report.absent(pointer, eventMembers())));
    }
}

/// Two that a reader could take for one: names that differ in the case of letters only.
class SameNames
{
public:
    /// The name of the earlier one, or empty.
    std::string add(const std::string &name)
    {
        const auto [found, added] = m_first.try_emplace(foldedEventName(name), name);
        return added || found->second == name ? std::string() : found->second;
    }

private:
    std::map<std::string, std::string> m_first;
};

void checkEvents(const Flow &flow, CheckReport &report)
{
    SameNames names;
    for (const EventDeclaration &event : flow.events) {
        checkEvent(flow, event, report);
        hintCorrelation(flow, event, report);
        if (const std::string other = names.add(event.name); !other.empty())
            report
                .error("same-name", {{}, childPointer("/events", event.name)},
                    "The events '%1' and '%2' differ only in upper and lower case.",
                    {other, event.name})
                .mend(removeMember(childPointer("/events", event.name)));
    }
}

void checkVariables(const Flow &flow, CheckReport &report)
{
    SameNames names;
    for (const auto &[name, value] : flow.variables)
        if (const std::string other = names.add(name); !other.empty())
            report.warning("same-name", {{}, childPointer("/variables", name)},
                "The variables '%1' and '%2' differ only in upper and lower case.", {other, name});
}

std::vector<std::string> stepIds(const Flow &flow)
{
    std::vector<std::string> ids;
    for (const Step &step : flow.steps)
        ids.push_back(step.id.value);
    return ids;
}

/// Notes are words on the drawing: nothing goes there (semantics 7).
void refuseNote(const StepId &to, const CheckPlace &place, const FlowGraph &graph, const Flow &flow,
    CheckReport &report)
{
    const std::size_t target = graph.indexOf(to);
    if (target != FlowGraph::nowhere && std::holds_alternative<NoteStep>(flow.steps[target].body))
        report.error("into-note", place, "'%1' is a note, and nothing can lead to it.", {to.value});
}

void checkStart(const Flow &flow, const FlowGraph &graph, CheckReport &report)
{
    if (flow.steps.empty())
        report.error("no-steps", {{}, "/steps"}, "The flow has no steps.");
    else if (flow.steps.size() > mostSteps)
        report.error("too-many-steps", {{}, "/steps"},
            "The flow has %1 steps; at most %2 are possible.",
            {std::to_string(flow.steps.size()), std::to_string(mostSteps)});
    else if (flow.start.empty())
        report.error("missing-start", {{}, "/start"}, "Say with 'start' which step is the first.")
            .mend(addText("/start", flow.steps.front().id.value));
    else if (graph.indexOf(flow.start) == FlowGraph::nowhere)
        report
            .error("unknown-start", {{}, "/start"},
                "'start' names '%1', but there is no such step.", {flow.start.value})
            .mend(mendOfName("/start", flow.start.value, stepIds(flow)));
    else if (!graph.mayEnd())
        report.warning(
            "no-end", {{}, "/start"}, "No end can be reached: an instance would run for ever.");
    refuseNote(flow.start, {{}, "/start"}, graph, flow, report);
}

void checkTransitions(
    const Flow &flow, std::size_t step, const FlowGraph &graph, CheckReport &report)
{
    const auto &transitions = graph.transitionsOf(step);
    for (std::size_t i = 0; i < transitions.size(); ++i) {
        const Transition &transition = transitions[i];
        const auto [place, name] = placeOf(transition, i);
        // A timeout that leads nowhere fails the step, which is allowed and said elsewhere.
        if (transition.to.empty() && transition.kind != Transition::Kind::Timeout)
            report.error("missing-transition", place, "'%1' leads nowhere yet.", {name});
        else if (!transition.to.empty() && graph.indexOf(transition.to) == FlowGraph::nowhere)
            report
                .error("dangling-transition", place,
                    "'%1' leads to '%2', but there is no such step.", {name, transition.to.value})
                .mend(mendOfName(place.pointer, transition.to.value, stepIds(flow)));
        refuseNote(transition.to, place, graph, flow, report);
    }
}

std::string joined(const Flow &flow, const std::vector<std::size_t> &steps)
{
    constexpr std::size_t shown = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(steps.size(), shown); ++i)
        text += (i ? ", " : "") + flow.steps[steps[i]].id.value;
    return text + (steps.size() > shown ? ", …" : "");
}

void checkSteps(
    const Flow &flow, const FlowGraph &graph, Expressions &expressions, CheckReport &report)
{
    const bool started = graph.indexOf(flow.start) != FlowGraph::nowhere;
    const auto loop = graph.tightLoop();
    const std::vector<Region> regions = regionsOf(flow, graph);
    checkHandlers(flow, graph, report);
    checkRegions(flow, graph, regions, report);
    ExpressionCheck expressionCheck(flow, graph, expressions, report);
    expressionCheck.know(regions);
    for (const EventDeclaration &event : flow.events)
        expressionCheck.check(event);
    SameNames names;
    for (std::size_t i = 0; i < flow.steps.size(); ++i) {
        const Step &step = flow.steps[i];
        const bool isNote = std::holds_alternative<NoteStep>(step.body);
        if (started && !isNote && !graph.isReachable(i))
            report.warning("unreachable-step", placeOf(step.id), "No way leads to this step.")
                .mend(removeMember(placeOf(step.id).pointer));
        if (const std::string other = names.add(step.id.value); !other.empty())
            report.warning("same-name", placeOf(step.id),
                "The steps '%1' and '%2' differ only in upper and lower case.",
                {other, step.id.value});
        if (!loop.empty() && loop.front() == i)
            report.warning("tight-loop", placeOf(step.id),
                "These steps go round without ever waiting: %1.", {joined(flow, loop)});
        checkFields(flow, step, report);
        checkTransitions(flow, i, graph, report);
        expressionCheck.check(i);
    }
}

void checkRest(const Flow &flow, CheckReport &report)
{
    if (!flow.retention.empty())
        if (const auto duration = durationFromText(flow.retention); !duration)
            report.error("wrong-duration", {{}, "/retention"}, "%1.", {duration.error().message})
                .mend(mendOfDuration("/retention", flow.retention));
    for (const UnknownMember &member : flow.unknown)
        report
            .error("unknown-member", {{}, childPointer("", member.key)}, "'%1' is not known here.",
                {member.key})
            .mend(mendOfUnknown(
                childPointer("", member.key), member.key, report.absent({}, flowMembers())));
    if (!flow.layout.direction.empty() && flow.layout.direction != "down" &&
        flow.layout.direction != "right")
        report
            .warning(
                "wrong-value", {{}, "/layout/direction"}, "'direction' must be 'down' or 'right'.")
            .mend(mendOfChoice("/layout/direction", flow.layout.direction, {"down", "right"}));
}

} // namespace

std::vector<Problem> checkFlow(const ReadFlow &read, Expressions &expressions)
{
    const Flow &flow = read.flow;
    const FlowGraph graph(flow);
    CheckReport report(read);
    checkName(flow, report);
    if (flow.input)
        checkSchema(*flow.input, {{}, "/input"}, report);
    checkEvents(flow, report);
    checkVariables(flow, report);
    checkStart(flow, graph, report);
    checkSteps(flow, graph, expressions, report);
    checkRest(flow, report);
    return report.problems();
}

std::vector<Problem> checkFlow(const Flow &flow, Expressions &expressions)
{
    return checkFlow(ReadFlow{flow, {}, {}}, expressions);
}

} // namespace engine
