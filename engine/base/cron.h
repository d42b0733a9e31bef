#pragma once

#include "engine/base/result.h"
#include "engine/base/zone.h"

#include <bitset>
#include <optional>
#include <string_view>

namespace engine {

/// When something is due again and again: minute, hour, day of month, month, day of week.
struct Cron {
    std::bitset<60> minutes;
    std::bitset<24> hours;
    std::bitset<32> days;   ///< from 1
    std::bitset<13> months; ///< from 1
    std::bitset<7> weekdays; ///< Sunday is 0
    bool anyHour = false;    ///< the field begins with `*`
    bool anyDay = false;
    bool anyWeekday = false;

    bool operator==(const Cron &) const = default;
};

/// Five fields as in crontab: `*`, numbers, names of months and weekdays, ranges, lists and steps
/// (`0 8-18/2 * * MON-FRI`); Sunday is 0 or 7. If both the day of the month and the weekday are
/// restricted, either is enough. InvalidArgument names the field at fault.
Result<Cron> cronFromText(std::string_view text);

/// The first minute after `after` at which the clocks of `zone` show a matching time. A time that
/// they skip is due when they skip it, and one that they show twice the first time, unless every
/// hour is meant: such a cron follows the clock. Nothing if there is none within ten years.
std::optional<Instant> nextTime(const Cron &cron, Instant after, const Zone &zone);

} // namespace engine
