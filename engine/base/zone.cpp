#include "engine/base/zone.h"

#include "engine/base/calendar.h"

#include <date/tz.h>

#include <exception>

namespace engine {
namespace {

constexpr Instant never{Milliseconds::max() / 4};

Error unknownZone(const std::string &name)
{
    return {ErrorCode::InvalidArgument,
        "'" + name + "' is no time zone of this system: write Europe/Berlin or UTC, for example", {}};
}

/// The library's first and last periods reach further than milliseconds do.
Instant bounded(date::sys_seconds at)
{
    const date::sys_seconds last = std::chrono::floor<std::chrono::seconds>(never);
    if (at >= last)
        return never;
    return at <= date::sys_seconds(-last.time_since_epoch()) ? Instant(-never.time_since_epoch())
                                                             : Instant(at);
}

} // namespace

Result<LocalTime> localTimeFromText(const std::string &text)
{
    const bool hasOffset = text.find_first_of("Zz+", 10) != std::string::npos ||
                           text.find('-', 10) != std::string::npos;
    const auto asUtc = text.size() < 10 || hasOffset ? instantFromText("") : instantFromText(text + "Z");
    if (!asUtc)
        return Error{ErrorCode::InvalidArgument,
            "'" + text + "' is no local date and time: write 2026-01-31T08:00:00, for example", {}};
    return LocalTime{asUtc->time_since_epoch()};
}

Result<Zone> Zone::named(const std::string &name)
{
    if (name.empty() || name == "UTC")
        return Zone();
    try {
        return Zone(date::locate_zone(name));
    } catch (const std::exception &) { // the library's word for an unknown name
        return unknownZone(name);
    }
}

ZonePeriod Zone::periodAt(Instant at) const
{
    if (!m_zone)
        return {Instant(-never.time_since_epoch()), never, Milliseconds(0)};
    const date::sys_info info = m_zone->get_info(at);
    return {bounded(info.begin), bounded(info.end), info.offset};
}

Instant Zone::instantOf(LocalTime local) const
{
    if (!m_zone)
        return Instant(local.sinceEpoch);
    const date::local_time<Milliseconds> shown(local.sinceEpoch);
    const date::local_info info = m_zone->get_info(shown);
    if (info.result == date::local_info::nonexistent)
        return Instant(info.first.end);
    return Instant(local.sinceEpoch - info.first.offset);
}

} // namespace engine
