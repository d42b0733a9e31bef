#pragma once

#include "engine/base/json_text.h"
#include "engine/base/result.h"

#include <string>

namespace engine {

/// What comes with an order to do something, all of it optional, or no body:
/// `{"reason": "…", "instance": "…", "keepSubFlows": true}`.
struct OrderBody {
    std::string reason;
    std::string instance;
    bool keepSubFlows = false;
};

/// What an order knows besides its reason.
enum class OrderWith { Nothing, Instance, SubFlows };

/// InvalidArgument names the field at fault.
Result<OrderBody> orderBody(
    const std::string &body, const JsonLimits &limits, OrderWith with = OrderWith::Nothing);

} // namespace engine
