// How a picture follows its flow.
#include "designer/canvas/flow_picture.h"

#include "designer/canvas/flow_picture_source.h"

namespace designer {

using engine::StepId;
using engine::Transition;

/// Puts the step `id` of the flow in the place of what is shown of it.
void FlowPicture::replace(const StepId &id, const Source &source, Changed &changed)
{
    if (isMark(id))
        return; // a file may hold anything; such a step is a problem, and cannot be drawn
    int number = stepNumber(id);
    const engine::Step *step = source.step(id);
    if (!step) {
        if (number >= 0)
            dropStep(number, changed);
        return;
    }
    if (number >= 0) {
        const StepPicture &before = m_steps[std::size_t(number)];
        dropEdges(number, changed);
        changed.bodies.push_back(before.body());
        changed.add(before.extent());
        m_bodies.remove(number, before.body());
        m_extents.remove(number, before.extent());
    } else {
        number = takeStep(id);
    }
    fillStep(number, source, *step, source.centre(id));
    const StepPicture &picture = m_steps[std::size_t(number)];
    m_bodies.insert(number, picture.body());
    m_extents.insert(number, picture.extent());
    changed.bodies.push_back(picture.body());
    changed.add(picture.extent());
    for (std::size_t position = 0; position < picture.ways.size(); ++position)
        m_into[picture.ways[position].to].insert(edgeId(picture.ways[position], position));
}

/// Edges of a step that was replaced, and what else speaks of it: footers and corners of choices.
void FlowPicture::refreshAround(const StepId &id, const Source &source, Changed &changed)
{
    const int number = isMark(id) ? -1 : stepNumber(id);
    if (number >= 0) {
        turnPorts(number);
        makeEdges(number, changed);
    }
    const auto into = m_into.find(id);
    if (into == m_into.end())
        return;
    for (const EdgeId &edge : into->second) {
        const int from = stepNumber(edge.from);
        if (from < 0)
            continue;
        StepPicture &before = m_steps[std::size_t(from)];
        if (edge.way == "timeout") {
            if (const engine::Step *step = source.step(before.id))
                fillStep(from, source, *step, before.centre);
            changed.add(before.extent());
        }
        if (turnPorts(from))
            makeEdges(from, changed);
        if (number < 0)
            continue;
        for (std::size_t position = 0; position < before.ways.size(); ++position) {
            if (edgeId(before.ways[position], position) != edge)
                continue;
            if (edgeNumber(edge) < 0)
                makeEdge(from, before.ways[position], position);
            changed.edges.insert(edgeNumber(edge));
        }
    }
}

void FlowPicture::clear()
{
    m_steps.clear();
    m_edges.clear();
    m_regions.clear();
    m_marks.clear();
    m_freeSteps.clear();
    m_freeEdges.clear();
    m_numbers.clear();
    m_edgeNumbers.clear();
    m_into.clear();
    for (GridIndex *index : {&m_bodies, &m_extents, &m_pieces, &m_examined})
        index->clear();
}

namespace {

Direction directionOf(const engine::Flow &flow)
{
    return flow.layout.direction == "right" ? Direction::Right : Direction::Down;
}

} // namespace

void FlowPicture::show(const engine::Flow &flow)
{
    clear();
    m_direction = directionOf(flow);
    const Source source(flow, flow.steps.size());
    Changed changed;
    for (const engine::Step &step : flow.steps)
        replace(step.id, source, changed);
    for (const engine::Step &step : flow.steps) {
        if (isMark(step.id))
            continue;
        turnPorts(stepNumber(step.id));
        makeEdges(stepNumber(step.id), changed);
    }
    replaceMarks(flow, changed);
    changed.bodies.clear(); // every edge is routed anyway
    settle(changed);
}

QRectF FlowPicture::change(const engine::Flow &flow, const std::vector<StepId> &steps)
{
    if (directionOf(flow) != m_direction || steps.size() * 2 > flow.steps.size() + 8) {
        const QRectF before = bounds();
        show(flow);
        return before | bounds();
    }
    const Source source(flow, steps.size());
    Changed changed;
    for (const StepId &id : steps)
        replace(id, source, changed);
    for (const StepId &id : steps)
        refreshAround(id, source, changed);
    replaceMarks(flow, changed);
    settle(changed);
    return changed.repaint.adjusted(-24, -24, 24, 24);
}

} // namespace designer
