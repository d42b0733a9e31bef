#include "engine/runtime/summary.h"

#include <algorithm>

namespace engine {
namespace {

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string eventNamesAt(const InstanceState &state, const BranchPath &path)
{
    for (const auto &[sequence, wait] : state.waits) {
        if (wait.branch == path)
            return joined(wait.names);
    }
    return {};
}

/// Whether a branch does something or is about to: not all of it stands and waits.
bool isBusy(const InstanceState &state)
{
    const bool moves = std::ranges::any_of(
        state.branches, [](const auto &entry) { return !entry.second.entered; });
    const bool works = std::ranges::any_of(
        state.tasks, [](const auto &entry) { return entry.second.retryTimer == 0; });
    return moves || works;
}

/// Where the first branch stands; a list shows one line.
void describePlace(const InstanceState &state, InstanceSummary &summary)
{
    if (state.branches.empty())
        return;
    const auto &[path, branch] = *state.branches.begin();
    summary.standsAt = branch.step;
    summary.standsSince = branch.since;
    summary.standsOn = eventNamesAt(state, path);
    if (summary.standsOn.empty())
        summary.standsOn = branch.step.value;
    for (const auto &[sequence, timer] : state.timers) {
        if (timer.branch == path)
            summary.standsUntil = timer.fireAt;
    }
}

} // namespace

InstanceSummary summaryOf(const InstanceState &state)
{
    InstanceSummary summary{
        .instance = state.instance,
        .run = state.run,
        .flow = state.flow,
        .version = state.version,
        .status = state.status,
        .waiting = state.status == InstanceStatus::Running && !isBusy(state),
        .createdAt = state.createdAt,
        .changedAt = state.changedAt,
        .finishedAt = state.finishedAt,
        .length = state.length,
        .decisions = state.decisions,
        .input = state.input,
        .customStatus = state.customStatus,
        .output = state.output,
        .errorType = state.errorType,
    };
    describePlace(state, summary);
    return summary;
}

} // namespace engine
