#include "engine/model/handler_check.h"

#include "engine/base/json_pointer.h"
#include "engine/model/known_members.h"
#include "engine/model/nearest_name.h"
#include "engine/model/region_check.h"
#include "engine/model/wait_check.h"

#include <algorithm>
#include <span>

namespace engine {
namespace {

class HandlerCheck
{
public:
    HandlerCheck(const Flow &flow, const FlowGraph &graph, CheckReport &report)
        : m_flow(flow)
        , m_graph(graph)
        , m_handlers(flow, graph)
        , m_report(report)
    {}

    void checkInterrupts()
    {
        const auto &scopes = m_handlers.scopes();
        for (std::size_t scope = 0; scope < scopes.size(); ++scope)
            for (std::size_t i = 0; i < scopes[scope].interrupts.size(); ++i)
                checkInterrupt(scope, i);
    }

    /// Ways between a handler and steps that are not its own.
    void checkWays()
    {
        for (std::size_t step = 0; step < m_flow.steps.size(); ++step) {
            const auto &ways = m_graph.transitionsOf(step);
            const bool counts = m_graph.isReachable(step);
            for (std::size_t i = 0; counts && i < ways.size(); ++i)
                checkWay(step, ways[i], i);
        }
    }

    void checkResumes()
    {
        for (std::size_t step = 0; step < m_flow.steps.size(); ++step) {
            const bool resumes = std::holds_alternative<ResumeStep>(m_flow.steps[step].body);
            if (resumes && m_graph.isReachable(step) && !m_handlers.isHandler(step))
                m_report.error("resume-outside", placeOf(m_flow.steps[step].id, "kind"),
                    "'resume' ends the handler of an interrupt, and this step is in none.");
        }
    }

private:
    CheckPlace placeOfInterrupt(const InterruptScope &scope, const std::string &event) const
    {
        const std::string all = scope.step.empty() ? std::string("/interrupts")
                                                   : placeOf(scope.step, "interrupts").pointer;
        return {scope.step, childPointer(all, event)};
    }

    void checkInterrupt(std::size_t number, std::size_t index)
    {
        const InterruptScope &scope = m_handlers.scopes()[number];
        const Interrupt &interrupt = scope.interrupts[index];
        const CheckPlace place = placeOfInterrupt(scope, interrupt.event);
        const auto earlier = std::span(scope.interrupts).first(index);
        const auto same = std::ranges::find_if(earlier, [&interrupt](const Interrupt &other) {
            return sameEventName(other.event, interrupt.event);
        });
        if (interrupt.event.empty())
            m_report.error("missing-event", place, "An event needs a name.");
        else if (interrupt.event.find('/') != std::string::npos)
            m_report.error("wrong-name", place,
                "The name of an event that interrupts must hold no '/': it is a part of the path "
                "of its handler.");
        else if (same != earlier.end())
            m_report.error("same-name", place,
                "The interrupts '%1' and '%2' differ only in upper and lower case.",
                {same->event, interrupt.event});
        else
            checkDeclared(m_flow, place, interrupt.event, m_report, NameForm::Key);
        for (const UnknownMember &member : interrupt.unknown) {
            const std::string at = childPointer(place.pointer, member.key);
            m_report.error("unknown-member", {scope.step, at}, "'%1' is not known here.", {member.key})
                .mend(mendOfUnknown(
                    at, member.key, m_report.absent(place.pointer, interruptMembers())));
        }
        checkFirstStep(number, interrupt, {scope.step, childPointer(place.pointer, "next")});
    }

    void checkFirstStep(std::size_t scope, const Interrupt &interrupt, const CheckPlace &place)
    {
        const std::size_t first = m_graph.indexOf(interrupt.next);
        std::vector<std::string> ids;
        for (const Step &step : m_flow.steps)
            ids.push_back(step.id.value);
        if (interrupt.next.empty())
            m_report.error("missing-handler", place, "Name with 'next' the first step of the handler.");
        else if (first == FlowGraph::nowhere)
            m_report
                .error("dangling-handler", place,
                    "The handler begins at '%1', but there is no such step.", {interrupt.next.value})
                .mend(mendOfName(place.pointer, interrupt.next.value, ids));
        else if (std::holds_alternative<NoteStep>(m_flow.steps[first].body))
            m_report.error("into-note", place, "'%1' is a note, and nothing can lead to it.",
                {interrupt.next.value});
        else if (m_handlers.homeOf(first) != scope)
            m_report.error("shared-handler", place,
                "The handler of '%1' begins at '%2', which is not its own: %3.",
                {interrupt.event, interrupt.next.value,
                    m_handlers.isHandler(first)
                        ? "the handler of '" + m_handlers.eventOf(first) + "' has it"
                        : "the flow starts there"});
    }

    void checkWay(std::size_t from, const Transition &way, std::size_t number)
    {
        const std::size_t to = m_graph.indexOf(way.to);
        if (to == FlowGraph::nowhere || m_handlers.homeOf(from) == m_handlers.homeOf(to))
            return;
        const auto [place, name] = placeOf(way, number);
        if (m_handlers.isHandler(to))
            m_report.error("into-handler", place,
                "'%1' leads to '%2', into the handler of '%3'; only that interrupt leads there.",
                {name, way.to.value, m_handlers.eventOf(to)});
        else
            m_report.error("out-of-handler", place,
                "'%1' leads to '%2', out of the handler of '%3'; only a step 'resume' leads back, "
                "and 'end' or 'fail' ends it.",
                {name, way.to.value, m_handlers.eventOf(from)});
    }

    const Flow &m_flow;
    const FlowGraph &m_graph;
    const Handlers m_handlers;
    CheckReport &m_report;
};

} // namespace

void checkHandlers(const Flow &flow, const FlowGraph &graph, CheckReport &report)
{
    HandlerCheck check(flow, graph, report);
    check.checkInterrupts();
    check.checkWays();
    check.checkResumes();
}

} // namespace engine
