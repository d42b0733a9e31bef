#pragma once

#include "engine/model/mend.h"

#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// The ISO 8601 duration that somebody meant who wrote `5 minutes`, `30s`, `P30S`, `pt5m` or
/// `00:05:00`. Nothing where it could mean two things.
std::optional<std::string> meantDuration(std::string_view text);
/// The RFC 3339 date that somebody meant who left out the time or the zone, which is UTC.
std::optional<std::string> meantInstant(std::string_view text);

/// Writes what was meant at `pointer`; nothing where it could mean two things.
std::optional<Mend> mendOfDuration(std::string pointer, std::string_view text);
std::optional<Mend> mendOfInstant(std::string pointer, std::string_view text);

} // namespace engine
