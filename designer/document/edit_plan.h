#pragma once

#include "designer/document/flow_edit.h"
#include "designer/document/step_targets.h"
#include "engine/model/flow.h"

#include <optional>
#include <vector>

namespace designer {

/// Gathers the edits of one intent, each made against what the ones before it leave. Edits that
/// change nothing are left out.
class EditPlan
{
public:
    explicit EditPlan(engine::Flow flow)
        : m_flow(std::move(flow))
    {}

    const engine::Flow &flow() const { return m_flow; }
    std::vector<FlowEdit> edits() && { return std::move(m_edits); }

    void add(FlowEdit edit);
    void insert(engine::Step step, const std::optional<engine::Position> &at);
    void remove(const engine::StepId &id);
    void replace(engine::Step after);
    void setStart(const engine::StepId &start);
    void setProperties(FlowProperties after);
    /// Every way out and every interrupt, where `retarget` says something else.
    void retargetAll(const Retarget &retarget);

private:
    engine::Flow m_flow;
    std::vector<FlowEdit> m_edits;
};

} // namespace designer
