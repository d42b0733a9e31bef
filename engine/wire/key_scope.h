#pragma once

#include "engine/door/keys_door.h"

#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// `full`, `raise-only`, `read-only`, `webhook:PATH`.
std::string scopeText(KeyScope scope, const std::string &webhook);

/// A scope as it is written.
struct WrittenScope {
    KeyScope scope = KeyScope::Full;
    std::string webhook; ///< of OneWebhook: the path of its definition

    bool operator==(const WrittenScope &) const = default;
};
/// Nothing if there is no such scope. Whether the path could be one says the engine.
std::optional<WrittenScope> scopeFromText(std::string_view text);

} // namespace engine
