#pragma once

#include "engine/base/result.h"
#include "engine/rest/exchange.h"

#include <optional>
#include <string>

namespace engine {

/// What the body and the headers of a raised event say.
struct EventBody {
    JsonText payload; ///< `null` without a body
    std::optional<std::string> eventId;
};

/// A plain JSON body with an `Idempotency-Key`, or a CloudEvent 1.0 in JSON (structured mode, by its
/// content type) or in headers (binary mode, by `ce-specversion`), whose `id` is the event id
/// (semantics 2.1). The key wins over the `id`. InvalidArgument, TooLarge: of the payload.
Result<EventBody> eventBody(const Exchange &exchange, const JsonLimits &limits);

} // namespace engine
