#include "engine/rest/v1/order_body.h"

#include "engine/base/json_read.h"

#include <nlohmann/json.hpp>

namespace engine {

Result<OrderBody> orderBody(const std::string &body, const JsonLimits &limits, bool withInstance)
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
    auto known =
        withInstance ? object->onlyKeys({"reason", "instance"}) : object->onlyKeys({"reason"});
    if (!known)
        return known.error();
    auto reason = object->optionalText("reason");
    if (!reason)
        return reason.error();
    auto instance = object->optionalText("instance");
    if (!instance)
        return instance.error();
    return OrderBody{reason->value_or(std::string()), instance->value_or(std::string())};
}

} // namespace engine
