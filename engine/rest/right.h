#pragma once

namespace engine {

/// What a route is for; the scope of a key says which of them it has.
enum class Right {
    Read,
    Raise, ///< an event
    Change ///< everything else, the keys themselves among it
};

} // namespace engine
