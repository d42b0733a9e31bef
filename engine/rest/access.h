#pragma once

#include "engine/rest/rest_message.h"
#include "engine/rest/right.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace engine {

/// Whose key has this digest, as KeysDoor::keyOf(); any thread.
using FindKey = std::function<std::optional<AccessKey>(std::string_view digest)>;

/// Who may come in: the key, and whom a browser must not speak for.
struct AccessRules {
    std::string key;
    std::string keyLabel = "default";
    std::set<std::string> hosts; ///< further names in `Host`, lower case, beside the loopback ones
    std::uint16_t port = 0;      ///< the server's own: an `Origin` must have it
    FindKey findKey;             ///< the keys beside `key`; may be empty
};

struct AccessDenial {
    int status = 401;
    std::string detail;

    bool operator==(const AccessDenial &) const = default;
};

/// Decides from the head of a request, before its body is read. Pure.
class Access
{
public:
    explicit Access(AccessRules rules)
        : m_rules(std::move(rules))
    {}

    /// `Host` must be a loopback name or a configured one (DNS rebinding); an `Origin` must be
    /// ours, so that no web page can raise an event.
    std::optional<AccessDenial> checkOrigin(const RestRequest &request) const;
    /// The key in `?code=`, `x-functions-key` or `Authorization: Bearer`; compared in constant
    /// time. Sets caller, key and scope of the request if it is right.
    std::optional<AccessDenial> checkKey(RestRequest &request) const;
    /// Whether it raises an event by a callback's address, whose code is right for the instance.
    /// Sets the caller if so.
    bool checkCallback(RestRequest &request) const;
    /// Whether what let a request in would still let it in: keys can be revoked.
    bool holdsStill(const RestRequest &request) const;

private:
    bool isOurHost(std::string_view authority) const;
    bool isOurOrigin(std::string_view origin) const;

    AccessRules m_rules;
};

/// Whether a key of that scope has the right (http-api C2); a sentence for who has not.
std::optional<AccessDenial> checkScope(const RestRequest &request, Right right);
/// What the engine keeps of a key: SHA-256, 64 hex digits.
std::string digestOfKey(std::string_view key);
/// 40 hex digits that only who has the key can make: the right to raise events for `instance`.
std::string callbackCode(std::string_view key, std::string_view instance);
/// 64 hex digits from the system's generator: 256 bits.
std::string newAccessKey();

} // namespace engine
