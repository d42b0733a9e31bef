#include "engine/webhooks/signature.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <stdexcept>
#include <vector>

namespace engine {
namespace {

Error refused(std::string why) { return {ErrorCode::NotAllowed, std::move(why), {}}; }

/// Compares all bytes, whatever the first ones are.
bool isSame(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

struct StripeHeader {
    std::string_view time;
    std::vector<std::string_view> signatures; ///< of scheme v1; others are not looked at
};

StripeHeader stripeParts(std::string_view header)
{
    StripeHeader parts;
    while (!header.empty()) {
        const std::string_view part = header.substr(0, header.find(','));
        header.remove_prefix(std::min(header.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            continue;
        const std::string_view value = part.substr(equals + 1);
        if (part.substr(0, equals) == "t")
            parts.time = value;
        else if (part.substr(0, equals) == "v1")
            parts.signatures.push_back(value);
    }
    return parts;
}

} // namespace

std::string hmacSha256(std::string_view secret, std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (!HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
            reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest.data(),
            &length))
        throw std::runtime_error("this OpenSSL has no HMAC-SHA256");
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < length; ++i)
        hex += {digits[digest.at(i) >> 4], digits[digest.at(i) & 15]};
    return hex;
}

Result<void> checkGitHubSignature(
    std::string_view secret, std::string_view body, std::string_view header)
{
    constexpr std::string_view prefix = "sha256=";
    if (header.empty())
        return refused(
            "the header X-Hub-Signature-256 is missing: give the webhook at GitHub a secret");
    if (!header.starts_with(prefix) ||
        !isSame(header.substr(prefix.size()), hmacSha256(secret, body)))
        return refused("the signature is not that of the body under the secret that is kept here");
    return {};
}

Result<void> checkStripeSignature(
    std::string_view secret, std::string_view body, std::string_view header, Instant now)
{
    const StripeHeader parts = stripeParts(header);
    std::int64_t seconds = 0;
    const char *end = parts.time.data() + parts.time.size();
    const auto [stop, fault] = std::from_chars(parts.time.data(), end, seconds);
    constexpr std::int64_t latest = 100'000'000'000; // far in the future, and no overflow
    if (fault != std::errc{} || stop != end || parts.signatures.empty() || seconds < 0 ||
        seconds > latest)
        return refused("the header Stripe-Signature is missing, or not t=SECONDS,v1=SIGNATURE");
    const std::string expected =
        hmacSha256(secret, std::string(parts.time) + "." + std::string(body));
    bool right = false;
    for (const std::string_view signature : parts.signatures)
        right = isSame(signature, expected) || right;
    if (!right)
        return refused("the signature is not that of the body under the secret that is kept here");
    const Milliseconds away = now - Instant{std::chrono::seconds(seconds)};
    if (away > stripeTolerance || away < -stripeTolerance)
        return refused("the signature was made more than five minutes from now: it may be a copy, "
                       "or a clock is wrong");
    return {};
}

Result<void> checkToken(std::string_view secret, std::string_view token)
{
    // Of equal length whatever they are, so that not even the length of the secret shows.
    if (token.empty() || !isSame(hmacSha256("token", token), hmacSha256("token", secret)))
        return refused("the token is missing or is not the one that is kept here");
    return {};
}

} // namespace engine
