#include "designer/document/selection_clipboard.h"

#include "designer/document/step_targets.h"
#include "engine/model/flow_reader.h"
#include "engine/model/flow_writer.h"

#include <algorithm>
#include <set>

namespace designer {

engine::Flow fragmentOf(const engine::Flow &flow, const std::vector<engine::StepId> &steps)
{
    const std::set<engine::StepId> chosen(steps.begin(), steps.end());
    engine::Flow fragment;
    fragment.name = flow.name;
    for (const engine::Step &step : flow.steps)
        if (chosen.contains(step.id))
            fragment.steps.push_back(step);
    for (engine::Step &step : fragment.steps)
        mapTargets(step,
            [&](const engine::StepId &to) { return chosen.contains(to) ? to : engine::StepId(); });
    for (const auto &[id, position] : flow.layout.steps)
        if (chosen.contains(id))
            fragment.layout.steps.emplace_back(id, position);
    if (!fragment.steps.empty())
        fragment.start = chosen.contains(flow.start) ? flow.start : fragment.steps.front().id;
    return fragment;
}

std::string clipboardText(const engine::Flow &flow, const std::vector<engine::StepId> &steps)
{
    return engine::writeFlow(fragmentOf(flow, steps));
}

engine::Result<engine::Flow> fragmentFrom(std::string_view clipboardText)
{
    auto read = engine::readFlow(clipboardText);
    if (!read)
        return read.error();
    if (read->flow.steps.empty())
        return engine::Error{engine::ErrorCode::InvalidArgument,
            "the clipboard holds no steps; copy steps of a flow, or the text of a flow file"};
    return std::move(read->flow);
}

} // namespace designer
