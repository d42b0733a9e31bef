#pragma once

#include "engine/base/clock.h"
#include "engine/base/failure.h"
#include "engine/model/flow.h"

#include <optional>

namespace engine {

/// An attempt that failed.
struct FailedAttempt {
    int attempt = 1;
    Instant firstAt{}; ///< when the first attempt began
    Instant failedAt{};
};

/// When the next attempt is to begin (semantics 5.2), or nothing: there is none, because attempts
/// or time are used up, or because a failure of this kind is not worth another.
std::optional<Instant> nextAttempt(
    const std::optional<RetryPolicy> &policy, const FailedAttempt &last, const Failure &failure);

} // namespace engine
