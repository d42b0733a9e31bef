#pragma once

#include "engine/model/check_report.h"

#include <string>

namespace engine {

/// Reports what is wrong with `correlate`, `deliver`, `ttl` and `startsFlow` of an event, which
/// stands at `pointer` (semantics 10.1, 10.2); their expressions are looked at elsewhere.
void checkCorrelation(
    const EventDeclaration &event, const std::string &pointer, CheckReport &report);
/// Hints that an event which some step waits for can be raised only by who knows the instance.
void hintCorrelation(const Flow &flow, const EventDeclaration &event, CheckReport &report);

} // namespace engine
