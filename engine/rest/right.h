#pragma once

namespace engine {

/// What a route is for; the scope of a key says which of them it has.
enum class Right {
    Read,
    Raise, ///< an event
    CallWebhook, ///< which needs no key, but there are keys for one alone
    Change ///< everything else, the keys themselves among it
};

} // namespace engine
