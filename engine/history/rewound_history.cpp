#include "engine/history/rewound_history.h"

#include "engine/base/overloaded.h"

#include <algorithm>

namespace engine {
namespace {

/// Whether the fact can be a part of how a failure ends a run.
bool belongsToFailure(const Fact &fact)
{
    return std::visit(
        Overloaded{
            [](const AnyOf<ExecutionCompleted, BranchFailed, RegionFailed, WaitClosed, TimerCanceled,
                TaskCanceled, SubFlowCanceled, TaskClosed, CorrelationClosed> auto &) {
                return true;
            },
            [](const StepLeft &left) { return left.way == "fail"; },
            [](const InterruptEnded &ended) { return ended.failure.has_value(); },
            [](const auto &) { return false; },
        },
        fact);
}

} // namespace

const InstanceRewound *rewindAfter(const std::vector<HistoryRow> &rows, std::size_t place)
{
    if (place + 1 >= rows.size())
        return nullptr;
    return std::get_if<InstanceRewound>(&rows[place + 1].facts.front());
}

bool endsInFailure(const HistoryRow &row)
{
    const auto *ended = std::get_if<ExecutionCompleted>(&row.facts.back());
    return ended && ended->failure;
}

Sequence lastBeforeFailure(const HistoryRow &row)
{
    Sequence last = row.first + static_cast<Sequence>(row.facts.size()) - 1;
    for (auto fact = row.facts.rbegin(); fact != row.facts.rend() && belongsToFailure(*fact); ++fact)
        --last;
    return last;
}

void visitCounted(const std::vector<HistoryRow> &rows, Sequence last,
    const std::function<void(Sequence, Instant, const Fact &)> &visit)
{
    for (std::size_t place = 0; place < rows.size(); ++place) {
        const InstanceRewound *rewound = rewindAfter(rows, place);
        const Sequence end = rewound ? std::min(rewound->to, last) : last;
        Sequence sequence = rows[place].first;
        for (const Fact &fact : rows[place].facts) {
            if (sequence > end)
                break;
            visit(sequence++, rows[place].at, fact);
        }
    }
}

std::vector<HistoryEvent> counted(const std::vector<HistoryEvent> &events)
{
    std::vector<HistoryEvent> left;
    left.reserve(events.size());
    for (const HistoryEvent &event : events) {
        if (const auto *rewound = std::get_if<InstanceRewound>(&event.fact)) {
            while (!left.empty() && left.back().sequence > rewound->to)
                left.pop_back();
        }
        left.push_back(event);
    }
    return left;
}

} // namespace engine
