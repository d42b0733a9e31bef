#pragma once

#include "engine/model/step.h"

#include <optional>
#include <string>

namespace engine {

/// What the steps that work in the world have in common: activity and emit. Views into the step, except for the text.
struct WorkStep {
    const std::optional<Duration> &timeout; ///< of one attempt
    const std::optional<RetryPolicy> &retry;
    const StepId &next;
    std::string written; ///< of what it sends out, with the names of secrets in it
};

/// Nothing for other steps, or none.
inline std::optional<WorkStep> workStep(const Step *step)
{
    if (!step)
        return {};
    if (const auto *activity = std::get_if<ActivityStep>(&step->body))
        return WorkStep{activity->timeout, activity->retry, activity->next, activity->with.written.text()};
    if (const auto *emit = std::get_if<EmitStep>(&step->body))
        return WorkStep{emit->timeout, emit->retry, emit->next,
            emit->url.written.text() + (emit->data ? emit->data->written.text() : std::string())};
    return {};
}

} // namespace engine
