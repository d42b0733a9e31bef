#include "engine/rest/v1/order_body.h"

#include "engine/base/json_read.h"

#include <nlohmann/json.hpp>

namespace engine {

Result<OrderBody> orderBody(const std::string &body, const JsonLimits &limits, OrderWith with)
{
    if (body.empty())
        return OrderBody{};
    auto text = JsonText::parse(body, limits);
    if (!text)
        return text.error();
    const nlohmann::json tree = text->tree();
    auto object = JsonObjectReader::open(tree);
    if (!object)
        return object.error();
    auto known = with == OrderWith::Instance   ? object->onlyKeys({"reason", "instance"})
                 : with == OrderWith::SubFlows ? object->onlyKeys({"reason", "keepSubFlows"})
                                               : object->onlyKeys({"reason"});
    if (!known)
        return known.error();
    auto reason = object->optionalText("reason");
    if (!reason)
        return reason.error();
    auto instance = object->optionalText("instance");
    if (!instance)
        return instance.error();
    const auto keepSubFlows = object->has("keepSubFlows") ? object->boolean("keepSubFlows")
                                                          : Result<bool>(false);
    if (!keepSubFlows)
        return keepSubFlows.error();
    return OrderBody{reason->value_or(std::string()), instance->value_or(std::string()),
        *keepSubFlows};
}

} // namespace engine
