#include "engine/rest/access.h"

#include "engine/rest/url.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

namespace engine {

namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digestOf(std::string_view text)
{
    Digest digest;
    std::string bytes(text);
    SHA256(reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(), digest.data());
    return digest;
}

/// Digests are of one length, so neither the length nor the place of a difference shows in time.
bool sameSecret(std::string_view one, std::string_view other)
{
    const Digest first = digestOf(one);
    const Digest second = digestOf(other);
    return CRYPTO_memcmp(first.data(), second.data(), first.size()) == 0;
}

/// The name in `name:port` or `[::1]:port`; nothing if it has another form.
std::optional<std::string_view> hostOf(std::string_view authority)
{
    const auto isPort = [](std::string_view text) {
        return text.empty() || (text.front() == ':' && text.size() <= 6 &&
                                   std::ranges::all_of(text.substr(1),
                                       [](char c) { return c >= '0' && c <= '9'; }));
    };
    const auto end = authority.starts_with('[') ? authority.find(']') : authority.find(':');
    if (authority.starts_with('[') && end == std::string_view::npos)
        return {};
    const auto length = end == std::string_view::npos ? authority.size()
                        : authority.starts_with('[')  ? end + 1
                                                      : end;
    if (length == 0 || !isPort(authority.substr(length)))
        return {};
    return authority.substr(0, length);
}

std::string hexadecimal(std::span<const unsigned char> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes)
        text += {digits[byte >> 4], digits[byte & 15]};
    return text;
}

bool isLoopbackName(std::string_view host)
{
    return host == "127.0.0.1" || host == "[::1]" || sameText(host, "localhost") ||
           sameText(host, "localhost.");
}

std::string_view presentedKey(const RestRequest &request, const std::string &code)
{
    if (!code.empty())
        return code;
    if (const auto *header = findHeader(request.headers, "x-functions-key"))
        return *header;
    const auto *authorization = findHeader(request.headers, "authorization");
    constexpr std::string_view scheme = "bearer ";
    if (authorization &&
        sameText(std::string_view(*authorization).substr(0, scheme.size()), scheme)) {
        const std::string_view token = std::string_view(*authorization).substr(scheme.size());
        return token.substr(std::min(token.size(), token.find_first_not_of(' ')));
    }
    return {};
}

std::string keyAdvice(const RestRequest &request)
{
    const std::string path = lowerCase(pathOf(request.target));
    if (path.find("&code=") != std::string::npos)
        return "the key is glued to the path by '&'; the first parameter begins with '?': write "
               "…?code=KEY";
    return "a key is needed: add ?code=KEY to the URL, or send it in the header x-functions-key or "
           "as "
           "Authorization: Bearer KEY";
}

} // namespace

bool Access::isOurHost(std::string_view authority) const
{
    const auto host = hostOf(authority);
    return host && (isLoopbackName(*host) || m_rules.hosts.contains(lowerCase(*host)));
}

bool Access::isOurOrigin(std::string_view origin) const
{
    constexpr std::string_view scheme = "http://";
    if (!sameText(origin.substr(0, scheme.size()), scheme))
        return false;
    const std::string_view authority = origin.substr(scheme.size());
    return isOurHost(authority) && authority.ends_with(":" + std::to_string(m_rules.port));
}

std::optional<AccessDenial> Access::checkOrigin(const RestRequest &request) const
{
    if (!isOurHost(request.host))
        return AccessDenial{403,
            "this port answers to loopback names only; call it as localhost, 127.0.0.1 or [::1]"};
    for (const auto &[name, value] : request.headers)
        if (sameText(name, "origin") && !isOurOrigin(value))
            return AccessDenial{403, "requests from web pages of other origins are refused"};
    return {};
}

std::optional<AccessDenial> Access::checkKey(RestRequest &request) const
{
    const std::string code = UrlQuery::ofTarget(request.target).value("code");
    const std::string_view presented = presentedKey(request, code);
    if (presented.empty())
        return AccessDenial{401, keyAdvice(request)};
    request.key = {};
    if (!m_rules.key.empty() && sameSecret(presented, m_rules.key)) {
        request.caller = m_rules.keyLabel;
        request.scope = KeyScope::Full;
        request.webhook.clear();
    } else if (const auto key = m_rules.findKey ? m_rules.findKey(digestOfKey(presented))
                                                : std::nullopt) {
        request.caller = key->label;
        request.scope = key->scope;
        request.webhook = key->webhook;
    } else {
        return AccessDenial{401,
            "this key is not known here; the right one is in the file 'key' of "
            "the data directory"};
    }
    request.key = presented;
    return {};
}

bool Access::holdsStill(const RestRequest &request) const
{
    if (m_rules.key.empty() || request.key.empty() || sameSecret(request.key, m_rules.key))
        return true;
    return m_rules.findKey && m_rules.findKey(digestOfKey(request.key)).has_value();
}

std::optional<AccessDenial> checkScope(const RestRequest &request, Right right)
{
    if (request.scope == KeyScope::RaiseOnly && right != Right::Raise)
        return AccessDenial{403, "the key '" + request.caller +
                                     "' is raise-only: it raises events and opens nothing else; "
                                     "use another key for this"};
    if (request.scope == KeyScope::ReadOnly && right != Right::Read)
        return AccessDenial{403, "the key '" + request.caller +
                                     "' is read-only: it changes nothing and manages no keys; use "
                                     "another key for this"};
    if (request.scope == KeyScope::OneWebhook && right != Right::CallWebhook)
        return AccessDenial{403, "the key '" + request.caller + "' is for the webhook '" +
                                     request.webhook +
                                     "' alone and opens nothing else; use another key for this"};
    return {};
}

std::string digestOfKey(std::string_view key) { return hexadecimal(digestOf(key)); }

bool Access::checkCallback(RestRequest &request) const
{
    const auto path = decodedPath(request.target); // api/v1/callbacks/{instance}/{code}/{event}
    const bool isOne = request.method == "POST" && path.size() == 6 && path[0] == "api" &&
                       path[1] == "v1" && path[2] == "callbacks";
    if (!isOne || m_rules.key.empty() || !sameSecret(path[4], callbackCode(m_rules.key, path[3])))
        return false;
    request.caller = "callback";
    return true;
}

std::string callbackCode(std::string_view key, std::string_view instance)
{
    const std::string text = "raise events for " + std::string(instance);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest.data(),
            &length))
        throw std::runtime_error("this OpenSSL has no HMAC-SHA256");
    return hexadecimal({digest.data(), 20});
}

std::string newAccessKey()
{
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system gives no random bytes for a key");
    return hexadecimal(bytes);
}

} // namespace engine
