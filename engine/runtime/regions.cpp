#include "engine/runtime/regions.h"

#include "engine/runtime/interrupts.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// Errors of branches are said in full up to this length, so that they fit into one more error.
constexpr std::size_t longestDetails = 64 * 1024;

const Step &stepOf(const Deciding &deciding, const StepId &id)
{
    const Step *step = deciding.flow().step(id);
    invariant(step != nullptr, "flow: there is no step '" + id.value + "'");
    return *step;
}

const StepId &joinOf(const Step &step)
{
    const auto *parallel = std::get_if<ParallelStep>(&step.body);
    const auto *forEach = std::get_if<ForEachStep>(&step.body);
    invariant(parallel || forEach, "flow: step '" + step.id.value + "' has no branches");
    return parallel ? parallel->join : forEach->join;
}

/// A region with its steps.
struct Standing {
    const OpenRegion &region;
    const Step &step;
    const Step &join;
    JoinMode mode;
    int needed; ///< branches that must come to the join
};

Standing standing(const Deciding &deciding, Sequence sequence)
{
    const OpenRegion &region = deciding.state().regions.at(sequence);
    const Step &step = stepOf(deciding, region.step);
    const Step &join = stepOf(deciding, joinOf(step));
    const auto *body = std::get_if<JoinStep>(&join.body);
    invariant(body, "flow: the join '" + join.id.value + "' is no join");
    const int needed = body->mode == JoinMode::All   ? region.branches
                       : body->mode == JoinMode::Any ? 1
                                                     : body->count;
    return {region, step, join, body->mode, needed};
}

std::string branchErrors(const OpenRegion &region)
{
    std::string text = "[";
    for (const BranchError &error : region.errors) {
        std::string one = "{\"branch\":" + JsonText::ofString(error.branch.value).text() +
                          ",\"type\":" + JsonText::ofString(error.failure.type).text() +
                          ",\"message\":" + JsonText::ofString(error.failure.message).text() +
                          ",\"details\":" + error.failure.details.text() + "}";
        if (text.size() + one.size() > longestDetails)
            break;
        text += (text.size() > 1 ? "," : "") + one;
    }
    return text += ']';
}

/// What a join fails with that not all branches were needed for: no single error is to blame.
Failure joinFailed(const Standing &one)
{
    const OpenRegion &region = one.region;
    std::string message = "join '" + one.join.id.value + "' needs " + std::to_string(one.needed) +
                          " of " + std::to_string(region.branches) + " branches";
    if (!region.errors.empty()) {
        message += ", and " + std::to_string(region.errors.size()) + " failed, the last with " +
                   region.errors.back().failure.type;
    }
    return {.type = "JoinFailed",
        .message = std::move(message),
        .details = JsonText::trusted(branchErrors(region)),
        .retriable = false};
}

/// Its branches wait no more, and neither do the handlers of its interrupts.
void closeRegion(Deciding &deciding, Sequence sequence, const Standing &one)
{
    deciding.closeWithin(insideOf(one.region.branch, one.step.id));
    for (const BranchPath &handler : handlersOf(deciding.state(), sequence))
        deciding.closeBranch(handler);
    closeCorrelation(deciding, sequence);
}

void join(Deciding &deciding, Sequence sequence, const Standing &one)
{
    const BranchPath around = one.region.branch;
    closeRegion(deciding, sequence, one);
    deciding.leave({.branch = around, .step = one.step.id, .way = "join", .to = one.join.id});
    deciding.add(RegionJoined{sequence});
    offerKeptInterrupts(deciding); // to those around it
}

void fail(Deciding &deciding, Sequence sequence, const Standing &one, Failure failure)
{
    const BranchPath around = one.region.branch;
    closeRegion(deciding, sequence, one);
    deciding.add(RegionFailed{sequence});
    deciding.failStep(around, one.step, std::move(failure));
    offerKeptInterrupts(deciding); // to those around it
}

/// Joins or fails the region if that is decided. `last` is the error of the branch that just
/// failed.
void settle(Deciding &deciding, Sequence sequence, const Failure *last = nullptr)
{
    const Standing one = standing(deciding, sequence);
    if (one.region.completed >= one.needed)
        return join(deciding, sequence, one);
    if (one.region.branches - int(one.region.errors.size()) >= one.needed)
        return;
    fail(deciding, sequence, one, last && one.mode == JoinMode::All ? *last : joinFailed(one));
}

} // namespace

void openRegion(Deciding &deciding, RegionOpened opened)
{
    const StepId step = opened.step;
    const Sequence region = deciding.add(std::move(opened));
    if (auto failure = openCorrelation(deciding, region))
        return failRegion(deciding, region, *std::move(failure));
    settle(deciding, region);
    if (mayInterrupt(deciding, step))
        offerKeptInterrupts(deciding);
}

void openNextBranch(Deciding &deciding, Sequence sequence)
{
    const OpenRegion &region = deciding.state().regions.at(sequence);
    const Step &step = stepOf(deciding, region.step);
    const std::size_t index = region.results.size();
    BranchOpened opened{sequence, insideOf(region.branch, region.step), {}, {}};
    if (!region.again.empty()) {
        const auto &[place, branch] = *region.again.begin();
        opened.way = "again";
        opened.to = branch.step;
        opened.branch.value += region.results.at(place).name;
    } else if (const auto *parallel = std::get_if<ParallelStep>(&step.body)) {
        opened.way = "branch:" + std::to_string(index + 1);
        opened.to = parallel->branches.at(index);
        opened.branch.value += opened.to.value;
    } else {
        opened.way = "do";
        opened.to = std::get<ForEachStep>(step.body).first;
        opened.branch.value += std::to_string(index);
    }
    const bool interrupts = mayInterrupt(deciding, region.step);
    deciding.add(std::move(opened));
    if (interrupts)
        offerKeptInterrupts(deciding); // one may be for this branch
}

bool isAtItsJoin(const Deciding &deciding, const BranchState &branch)
{
    if (branch.region == 0 || branch.entered)
        return false;
    const OpenRegion &region = deciding.state().regions.at(branch.region);
    return joinOf(stepOf(deciding, region.step)) == branch.step;
}

void completeBranch(Deciding &deciding, const BranchPath &branch)
{
    const Sequence region = deciding.state().branches.at(branch).region;
    deciding.closeWithin({branch.value + '/'}); // handlers beside it
    deciding.add(BranchCompleted{branch});
    settle(deciding, region);
}

void endFailedBranch(Deciding &deciding, const BranchPath &branch, const Failure &failure)
{
    const Sequence region = deciding.state().branches.at(branch).region;
    deciding.closeWithin({branch.value + '/'}); // handlers beside it
    deciding.add(BranchFailed{branch});
    settle(deciding, region, &failure);
}

void failRegion(Deciding &deciding, Sequence region, Failure failure)
{
    fail(deciding, region, standing(deciding, region), std::move(failure));
}

} // namespace engine
