#pragma once

#include "engine/base/clock.h"
#include "engine/base/failure.h"
#include "engine/base/json_text.h"

#include <string>
#include <string_view>
#include <variant>

namespace engine {

/// When something is due that was written as a duration (from `now`) or as a date, both as JSON
/// strings. The failure says what to write instead; `field` is its subject.
std::variant<Instant, Failure> dueTime(
    const JsonText &written, Instant now, std::string_view field);

/// The same for a date of a timer, which may also be a local one in the IANA zone of that name.
std::variant<Instant, Failure> dateIn(const JsonText &written, Instant now, const std::string &zone);

/// The next time of a cron expression, a JSON string, after `now` in the IANA zone of that name (UTC
/// if it is empty).
std::variant<Instant, Failure> cronTime(
    const JsonText &written, Instant now, const std::string &zone);

} // namespace engine
