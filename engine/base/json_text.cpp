#include "engine/base/json_text.h"

#include "engine/base/json_scan.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace engine {
namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(space);
    const std::size_t end = text.find_last_not_of(space);
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, end + 1 - begin);
}

/// Needs nothing but quotes around it.
bool isPlain(std::string_view value)
{
    return std::ranges::all_of(
        value, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

} // namespace

Result<JsonText> JsonText::parse(std::string_view text, const JsonLimits &limits)
{
    if (text.size() > limits.bytes)
        return Error{ErrorCode::TooLarge, "the JSON has " + std::to_string(text.size()) +
                                              " bytes; at most " + std::to_string(limits.bytes) +
                                              " are allowed"};
    if (const auto fault = scanJson(text, limits.depth))
        return errorOf(*fault, text);
    return JsonText(std::string(trimmed(text)));
}

JsonText JsonText::trusted(std::string text) { return JsonText(std::move(text)); }

JsonText JsonText::of(const nlohmann::json &tree)
{
    return JsonText(tree.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

JsonText JsonText::ofString(std::string_view value)
{
    if (!isPlain(value))
        return of(nlohmann::json(std::string(value)));
    std::string text;
    text.reserve(value.size() + 2);
    text.append(1, '"').append(value).append(1, '"');
    return JsonText(std::move(text));
}

JsonText JsonText::ofStrings(const std::vector<std::string> &values)
{
    std::string text = "[";
    for (const std::string &value : values) {
        if (text.size() > 1)
            text += ',';
        text += ofString(value).text();
    }
    return JsonText(std::move(text += ']'));
}

nlohmann::json JsonText::tree() const
{
    auto tree = nlohmann::json::parse(m_text, nullptr, false);
    invariant(!tree.is_discarded(), "JsonText: a trusted text is not JSON");
    return tree;
}

} // namespace engine
