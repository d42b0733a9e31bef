#include "designer/document/json_members.h"

#include "engine/base/json_scan.h"
#include "engine/model/written_json.h"

#include <algorithm>

namespace designer {

std::vector<std::pair<std::string, engine::JsonText>> members(const engine::JsonText &object)
{
    std::vector<std::pair<std::string, engine::JsonText>> found;
    const auto written = engine::writtenJson(object.text());
    if (!written || written->kind != engine::JsonKind::Object)
        return found;
    for (const engine::WrittenMember &each : written->members)
        found.emplace_back(
            each.key, engine::JsonText::trusted(std::string(each.value.in(object.text()))));
    return found;
}

std::optional<engine::JsonText> member(const engine::JsonText &object, std::string_view key)
{
    for (auto &[name, value] : members(object))
        if (name == key)
            return std::move(value);
    return std::nullopt;
}

engine::JsonText objectOf(const std::vector<std::pair<std::string, engine::JsonText>> &members)
{
    std::string text;
    for (const auto &[key, value] : members) {
        text += text.empty() ? "{ " : ", ";
        text += engine::JsonText::ofString(key).text() + ": " + value.text();
    }
    return engine::JsonText::trusted(text.empty() ? "{}" : text + " }");
}

engine::JsonText withMember(const engine::JsonText &object, std::string_view key,
    const std::optional<engine::JsonText> &value)
{
    auto all = members(object);
    const auto found =
        std::ranges::find_if(all, [&](const auto &each) { return each.first == key; });
    if (!value && found != all.end())
        all.erase(found);
    else if (value && found != all.end())
        found->second = *value;
    else if (value)
        all.emplace_back(key, *value);
    return objectOf(all);
}

std::optional<std::string> textIn(const engine::JsonText &value)
{
    if (!value.text().starts_with('"'))
        return std::nullopt;
    return engine::unquoted(value.text());
}

} // namespace designer
