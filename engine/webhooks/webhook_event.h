#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/expressions/expressions.h"
#include "engine/webhooks/webhook.h"

namespace engine {

/// A POST to a webhook, as it came.
struct WebhookCall {
    std::vector<std::string> segments; ///< of the path after `webhooks/`, decoded
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<std::pair<std::string, std::string>> query;
    std::string body;
};

/// The event that a call amounts to.
struct WebhookEvent {
    std::string name;
    InstanceId instance;            ///< empty: it finds its instance by its key
    std::optional<std::string> key; ///< none: the flows read it from the payload
    JsonText payload;
    std::optional<std::string> eventId;

    bool operator==(const WebhookEvent &) const = default;
};

/// Whether the caller is who it must be. NotAllowed says why not.
Result<void> checkCaller(
    const Webhook &webhook, const std::string &secret, const WebhookCall &call, Instant now);
/// The event of a call whose caller was checked; nothing if the webhook says that it is none.
/// InvalidArgument: the body is no JSON, or an expression gives nothing that could be used.
Result<std::optional<WebhookEvent>> eventOf(const Webhook &webhook, const WebhookCall &call,
    Expressions &expressions, const JsonLimits &limits, Instant now);

} // namespace engine
