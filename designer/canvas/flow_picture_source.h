#pragma once

#include "designer/canvas/flow_picture.h"
#include "designer/document/auto_layout.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace designer {

/// Steps and places of a flow by id: as they stand for a few questions, in tables for many.
class FlowPicture::Source
{
public:
    Source(const engine::Flow &flow, std::size_t questions)
        : m_flow(flow)
    {
        if (questions < 8)
            return;
        for (const engine::Step &step : flow.steps)
            m_steps.emplace(step.id, &step);
        for (const auto &[id, position] : flow.layout.steps)
            m_positions.emplace(id, position);
        m_tables = true;
    }

    const engine::Step *step(const engine::StepId &id) const
    {
        if (!m_tables)
            return engine::findStep(m_flow, id);
        const auto found = m_steps.find(id);
        return found == m_steps.end() ? nullptr : found->second;
    }
    QPointF centre(const engine::StepId &id) const
    {
        const engine::Position position = this->position(id);
        return QPointF(position.x, position.y);
    }
    QString title(const engine::StepId &id) const
    {
        const engine::Step *found = step(id);
        return QString::fromStdString(found ? engine::displayName(*found) : id.value);
    }

private:
    engine::Position position(const engine::StepId &id) const
    {
        const auto &places = m_flow.layout.steps;
        if (m_tables) {
            if (const auto found = m_positions.find(id); found != m_positions.end())
                return found->second;
        } else if (const auto found = std::ranges::find(
                       places, id, &std::pair<engine::StepId, engine::Position>::first);
                   found != places.end()) {
            return found->second;
        }
        if (!m_laidOut)
            m_laidOut = autoLayout(m_flow);
        return m_laidOut->at(id);
    }

    const engine::Flow &m_flow;
    bool m_tables = false;
    std::unordered_map<engine::StepId, const engine::Step *> m_steps;
    Positions m_positions;
    mutable std::optional<Positions> m_laidOut;
};

/// What one change comes to.
struct FlowPicture::Changed {
    std::set<int> edges;        ///< to be routed
    std::vector<QRectF> bodies; ///< that came, went or moved
    QRectF repaint;

    void add(const QRectF &rect) { repaint = repaint.isNull() ? rect : repaint | rect; }
};

} // namespace designer
