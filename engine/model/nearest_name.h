#pragma once

#include "engine/model/mend.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// The one of `names` that `name` is most likely a slip of: a letter too many, missing, wrong or
/// swapped, in another case. Nothing if none is near. The first of those that are equally near.
std::optional<std::string> nearestName(
    std::string_view name, const std::vector<std::string> &names);

/// Renames a member that nobody knows to the one of `absent` that was meant, or removes it.
Mend mendOfUnknown(
    std::string pointer, std::string_view key, const std::vector<std::string> &absent);
/// Writes the one of `names` that was meant instead of `name`; nothing if none is near.
std::optional<Mend> mendOfName(
    std::string pointer, std::string_view name, const std::vector<std::string> &names);

} // namespace engine
