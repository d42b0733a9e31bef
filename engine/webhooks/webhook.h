#pragma once

#include "engine/base/json_text.h"
#include "engine/base/result.h"
#include "engine/model/template.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engine {

/// By what the caller of a webhook shows who it is.
enum class WebhookScheme { GitHub, Stripe, Token };

/// How a foreign POST becomes an event (semantics 10.3). The expressions read `body`, `headers` (by
/// lower-case name), `query` and `path`.
struct Webhook {
    std::string path; ///< `shop/{order}`: segments, some of them names
    WebhookScheme scheme = WebhookScheme::Token;
    std::string secret; ///< name of the secret; its value is nowhere here
    std::string header; ///< that carries the token, lower case; empty: the segment `{token}` does
    Template event;     ///< name of the event; `null` means that this call is none
    std::optional<Expression> instance; ///< its id; else the event finds its instance by its key
    std::optional<Expression> key;      ///< none: the flows read it from the payload
    std::optional<Expression> payload;  ///< none: the body
    std::optional<Expression> eventId;  ///< none: what the scheme says, if it does

    bool operator==(const Webhook &) const = default;
};

/// Reads and checks one. InvalidArgument with the JSON pointer of what is wrong.
Result<Webhook> webhookFrom(const JsonText &text);
/// InvalidArgument unless a webhook could have this path.
Result<void> checkWebhookPath(const std::string &path);
/// The values of the names in the path; nothing if the webhook has another path.
std::optional<std::map<std::string, std::string>> matchPath(
    const std::string &pattern, const std::vector<std::string> &segments);
/// The parts of a path between slashes.
std::vector<std::string> segmentsOf(const std::string &path);

} // namespace engine
