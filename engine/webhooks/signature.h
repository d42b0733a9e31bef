#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace engine {

// How foreign programs sign what they post (semantics 10.3). Every comparison takes the same time
// whatever it compares.

/// How far the time in a Stripe signature may be from now.
inline constexpr Milliseconds stripeTolerance{5 * 60 * 1000};

/// `X-Hub-Signature-256: sha256=HEX`: HMAC-SHA256 over the body. NotAllowed says what is wrong.
Result<void> checkGitHubSignature(
    std::string_view secret, std::string_view body, std::string_view header);
/// `Stripe-Signature: t=SECONDS,v1=HEX[,v1=HEX…]`: HMAC-SHA256 over time, dot and body. NotAllowed.
Result<void> checkStripeSignature(
    std::string_view secret, std::string_view body, std::string_view header, Instant now);
/// The secret itself. NotAllowed.
Result<void> checkToken(std::string_view secret, std::string_view token);

/// 64 hex digits.
std::string hmacSha256(std::string_view secret, std::string_view text);

} // namespace engine
