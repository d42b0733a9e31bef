#pragma once

#include "engine/base/result.h"
#include "engine/history/correlation.h"

#include <string>
#include <string_view>

namespace engine {

/// The stored form, one JSON object. Damaged if it is not that.
std::string answerToText(const CorrelationAnswer &answer);
Result<CorrelationAnswer> answerFromText(std::string_view text);

} // namespace engine
