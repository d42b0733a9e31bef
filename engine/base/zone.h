#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <optional>
#include <string>

namespace date {
class time_zone;
}

namespace engine {

/// What a clock on the wall shows: milliseconds since 1970-01-01T00:00 on that clock.
struct LocalTime {
    Milliseconds sinceEpoch{0};

    auto operator<=>(const LocalTime &) const = default;
};

/// `2026-03-29T02:30:00` without `Z` or offset, decimals as in RFC 3339. InvalidArgument says what to
/// write instead.
Result<LocalTime> localTimeFromText(const std::string &text);

/// A stretch of time in which a zone keeps its distance from UTC.
struct ZonePeriod {
    Instant begin{};
    Instant end{}; ///< not part of it
    Milliseconds offset{0}; ///< local time minus UTC

    LocalTime localOf(Instant at) const { return {at.time_since_epoch() + offset}; }
};

/// An IANA zone as the system's tzdata has it. A cheap value.
class Zone
{
public:
    Zone() = default; ///< UTC
    /// `Europe/Berlin`; UTC if `name` is empty. InvalidArgument if the system knows no such zone.
    static Result<Zone> named(const std::string &name);

    ZonePeriod periodAt(Instant at) const;
    /// When the zone's clocks show `local`. A time that they skip is the moment at which they skip
    /// it; of one that they show twice, the first.
    Instant instantOf(LocalTime local) const;

private:
    explicit Zone(const date::time_zone *zone)
        : m_zone(zone)
    {}

    const date::time_zone *m_zone = nullptr; ///< null: UTC
};

} // namespace engine
