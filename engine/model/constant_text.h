#pragma once

#include "engine/model/template.h"

#include <optional>
#include <string>

namespace engine {

/// The text of a string without expression; nothing for all else.
std::optional<std::string> constantText(const Template &value);

} // namespace engine
