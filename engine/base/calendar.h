#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace engine {

/// A length of time as written in ISO 8601. Months and years keep their calendar meaning: `P1M` from
/// 31 January ends on the last day of February.
struct Duration {
    int months = 0; ///< years are 12 months
    Milliseconds rest{0};

    bool operator==(const Duration &) const = default;
};

/// `P3D`, `PT30S`, `P1Y2M3DT4H5M6.789S`, `P2W`. InvalidArgument says what to write instead.
Result<Duration> durationFromText(std::string_view text);
/// The normal ISO 8601 form, `P1DT12H`: largest units first, weeks as days, no empty parts;
/// durationFromText reads it back as the same value.
std::string toText(const Duration &duration);
/// `start` moved by `duration` in UTC, clamped to year 9999.
Instant operator+(Instant start, const Duration &duration);

/// RFC 3339 with any offset and up to nine decimals (cut to milliseconds).
Result<Instant> instantFromText(std::string_view text);
/// `2026-01-31T23:59:59.000Z`.
std::string toText(Instant instant);

} // namespace engine
