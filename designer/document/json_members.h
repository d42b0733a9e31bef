#pragma once

#include "engine/base/json_text.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace designer {

/// The members of a JSON object in their order; none of any other value.
std::vector<std::pair<std::string, engine::JsonText>> members(const engine::JsonText &object);
std::optional<engine::JsonText> member(const engine::JsonText &object, std::string_view key);
/// `object` with this member set, or without it; what is not an object counts as an empty one. The
/// order and the bytes of the other members stay.
engine::JsonText withMember(const engine::JsonText &object, std::string_view key,
    const std::optional<engine::JsonText> &value);
/// An object of `members`, in their order.
engine::JsonText objectOf(const std::vector<std::pair<std::string, engine::JsonText>> &members);
/// The text in a JSON string; nothing for other values.
std::optional<std::string> textIn(const engine::JsonText &value);

} // namespace designer
