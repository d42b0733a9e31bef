#include "engine/runtime/retries.h"

#include "engine/base/calendar.h"

#include <algorithm>
#include <cmath>

namespace engine {
namespace {

/// A pause longer than this is cut: the calendar ends somewhere.
constexpr Milliseconds longestPause = std::chrono::hours(24 * 365 * 100);

Milliseconds lengthFrom(Instant from, const Duration &duration)
{
    return std::clamp((from + duration) - from, Milliseconds(0), longestPause);
}

} // namespace

std::optional<Instant> nextAttempt(
    const std::optional<RetryPolicy> &policy, const FailedAttempt &last, const Failure &failure)
{
    if (!policy || !failure.retriable || last.attempt >= policy->attempts)
        return {};
    if (std::ranges::find(policy->never, failure.type) != policy->never.end())
        return {};
    Milliseconds limit = longestPause;
    if (policy->longest)
        limit = lengthFrom(last.failedAt, *policy->longest);
    const double first = double(lengthFrom(last.failedAt, policy->first).count());
    const double grown = first * std::pow(policy->growth, last.attempt - 1);
    // Compared as doubles: a policy may grow past what milliseconds can count.
    const Milliseconds pause =
        grown < double(limit.count()) ? Milliseconds(std::llround(grown)) : limit;
    const Instant next = last.failedAt + pause;
    if (policy->total && next > last.firstAt + *policy->total)
        return {};
    return next;
}

} // namespace engine
