#pragma once

#include "engine/base/result.h"
#include "engine/history/instance_summary.h"
#include "engine/rest/url.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// InvalidArgument naming the first parameter that is none of `known` (nor the key): a typo must
/// not widen a filter in silence.
Result<void> onlyParameters(const UrlQuery &query, std::initializer_list<std::string_view> known);
/// A whole number within the range, `otherwise` if it is not given.
struct NumberParameter {
    std::string_view name;
    std::int64_t least = 1;
    std::int64_t most = 1;
    std::int64_t otherwise = 1;
};
Result<std::int64_t> numberParameter(const UrlQuery &query, const NumberParameter &wanted);
/// What a list of instances is filtered by: status, flow, waiting, idPrefix, text, createdFrom,
/// createdTo.
Result<InstanceFilter> instanceFilter(const UrlQuery &query);

} // namespace engine
