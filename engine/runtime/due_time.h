#pragma once

#include "engine/base/clock.h"
#include "engine/base/failure.h"
#include "engine/base/json_text.h"

#include <string_view>
#include <variant>

namespace engine {

/// When something is due that was written as a duration (from `now`) or as a date, both as JSON
/// strings. The failure says what to write instead; `field` is its subject.
std::variant<Instant, Failure> dueTime(
    const JsonText &written, Instant now, std::string_view field);

} // namespace engine
