#include "engine/rest/v1/order_body.h"

#include "engine/rest/v1/body_object.h"

namespace engine {

Result<OrderBody> orderBody(const std::string &body, const JsonLimits &limits, OrderWith with)
{
    if (body.empty())
        return OrderBody{};
    const auto object = with == OrderWith::Instance ? readObject(body, limits, {"reason", "instance"})
                        : with == OrderWith::SubFlows
                            ? readObject(body, limits, {"reason", "keepSubFlows"})
                            : readObject(body, limits, {"reason"});
    if (!object)
        return object.error();
    auto reason = (*object)->optionalText("reason");
    if (!reason)
        return reason.error();
    auto instance = (*object)->optionalText("instance");
    if (!instance)
        return instance.error();
    const auto keepSubFlows = (*object)->has("keepSubFlows") ? (*object)->boolean("keepSubFlows")
                                                             : Result<bool>(false);
    if (!keepSubFlows)
        return keepSubFlows.error();
    return OrderBody{reason->value_or(std::string()), instance->value_or(std::string()),
        *keepSubFlows};
}

} // namespace engine
