#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/history/source.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// What a key opens (http-api C2).
enum class KeyScope {
    Full,
    RaiseOnly, ///< raises events, and nothing else
    ReadOnly,
    OneWebhook ///< posts to one webhook in place of its signature, and nothing else
};

/// A key that was given out, without the key.
struct AccessKey {
    std::string label; ///< whose it is: what the history and the audit log say
    KeyScope scope = KeyScope::Full;
    std::string digest; ///< SHA-256 of the key, 64 hexadecimal digits
    Instant at{};       ///< since when it is this one
    std::string webhook; ///< of OneWebhook: which

    bool operator==(const AccessKey &) const = default;
};

struct MakeKey {
    std::string label;
    KeyScope scope = KeyScope::Full;
    std::string digest;
    Source source;
    std::string webhook; ///< of OneWebhook: which
};

/// The keys of the REST port beside the one in the file `key`. The engine never sees a key itself. Any
/// thread.
class KeysDoor
{
public:
    template<typename T>
    using Answered = std::function<void(Result<T>)>;

    virtual ~KeysDoor() = default;
    /// InvalidArgument for a wrong label or path, AlreadyExists for a label that has a key.
    virtual void make(MakeKey request, Answered<AccessKey> answered) = 0;
    /// Another key in place of the one with this label, with its scope; from the answer on the old one opens
    /// nothing. NotFound.
    virtual void rotate(
        std::string label, std::string digest, Source source, Answered<AccessKey> answered) = 0;
    /// From the answer on it opens nothing. NotFound.
    virtual void revoke(std::string label, Source source, Answered<AccessKey> answered) = 0;
    /// By label; at once.
    virtual std::vector<AccessKey> keys() const = 0;
    /// Whose key has this digest; at once. Takes the same time whatever it compares.
    virtual std::optional<AccessKey> keyOf(std::string_view digest) const = 0;
};

} // namespace engine
