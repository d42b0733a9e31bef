#pragma once

#include <string>

namespace engine {

/// Who caused something: through which entrance, and under which name.
struct Source {
    std::string via; ///< `rest`, `window`, `command`, `instance`, `timer`
    std::string who; ///< label of the key, system user or instance id; may be empty

    bool operator==(const Source &) const = default;
};

} // namespace engine
