#include "engine/model/constant_text.h"

#include "engine/base/json_scan.h"

namespace engine {

std::optional<std::string> constantText(const Template &value)
{
    if (!isConstant(value) || value.pieces.size() != 1)
        return {};
    const std::string &json = std::get<std::string>(value.pieces.front());
    return json.starts_with('"') ? std::optional(unquoted(json)) : std::nullopt;
}

} // namespace engine
