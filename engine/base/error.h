#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace engine {

/// Why the world said no. One table in rest/ turns each into an HTTP status.
enum class ErrorCode {
    InvalidArgument, ///< what was sent is wrong; the message says what, where and what to do
    NotFound,        ///< no such instance, flow, step
    AlreadyExists,   ///< a live instance has this id (semantics 1.2)
    Finished,        ///< the instance is over (semantics 2.6)
    WrongState,      ///< not now: the thing is in another state than the call needs
    NotAllowed,      ///< a grant or a key is missing (semantics 5.6)
    TooLarge,        ///< over a limit of engine_options.h
    Busy,            ///< the inbox is full or the engine stops; try again later
    Unavailable,     ///< disk, database or network does not serve
    Damaged,         ///< stored data fails its checksum or its format
};

/// What went wrong in the world, in English, for logs and the API; windows translate by `code`.
/// `pointer` is the JSON pointer of the field at fault, or empty.
struct Error {
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string message;
    std::string pointer;

    bool operator==(const Error &) const = default;
};

/// Thrown when *we* are wrong. Caught around one instance's decision and around the engine loop only.
class BrokenInvariant : public std::logic_error
{
    using std::logic_error::logic_error;
};

/// States what always holds; throws BrokenInvariant with `message` if it does not.
inline void invariant(bool holds, std::string_view message)
{
    if (!holds)
        throw BrokenInvariant(std::string(message));
}

} // namespace engine
