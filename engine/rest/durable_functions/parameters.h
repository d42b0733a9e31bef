#pragma once

#include "engine/history/instance_summary.h"
#include "engine/rest/url.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace engine {

// This API takes what it can read of its parameters and leaves the rest aside without a word.

/// `true` and `false` in any case; anything else is as if it was not given.
bool durableFlag(const UrlQuery &query, std::string_view name, bool otherwise);
/// A time in seconds, also in parts of one; nothing if it is no number.
std::optional<std::chrono::milliseconds> durableSeconds(
    const UrlQuery &query, std::string_view name);
std::optional<int> durableNumber(const UrlQuery &query, std::string_view name);

struct DurableFilter {
    InstanceFilter filter;
    bool matchesNothing = false; ///< only statuses that no instance of ours ever rests in
};
/// createdTimeFrom, createdTimeTo, runtimeStatus (names or numbers), instanceIdPrefix.
DurableFilter durableFilter(const UrlQuery &query);

} // namespace engine
