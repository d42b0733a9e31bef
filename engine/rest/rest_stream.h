#pragma once

#include <functional>
#include <optional>
#include <string>

namespace engine {

/// A body without an end that is known. The server pulls one part at a time and pulls the next when the
/// client has taken it, so a slow client costs one part. All on the server's thread.
class RestStream
{
public:
    /// What is to be sent next, never empty; nothing: it is over.
    using Next = std::function<void(std::optional<std::string> part)>;

    virtual ~RestStream() = default;
    /// Calls `next` once, at once or later; one pull at a time.
    virtual void pull(Next next) = 0;
    /// Nothing came for a while: a pull that waits is answered with something that says that we live.
    virtual void beat() = 0;
    /// A pull that waits, and every later one, is answered with nothing.
    virtual void end() = 0;
};

} // namespace engine
