#pragma once

#include "engine/base/json_text.h"
#include "engine/base/result.h"

#include <string>

namespace engine {

/// What comes with an order to do something: `{"reason": "…", "instance": "…"}`, all of it optional,
/// or no body.
struct OrderBody {
    std::string reason;
    std::string instance;
};

/// InvalidArgument names the field at fault. `instance` is known only `withInstance`.
Result<OrderBody> orderBody(const std::string &body, const JsonLimits &limits, bool withInstance);

} // namespace engine
