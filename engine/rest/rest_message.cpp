#include "engine/rest/rest_message.h"

#include <algorithm>

namespace engine {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace

bool sameText(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, {}, lower, lower);
}

std::string lowerCase(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

const std::string *findHeader(const RestHeaders &headers, std::string_view name)
{
    const auto found = std::ranges::find_if(
        headers, [&](const auto &header) { return sameText(header.first, name); });
    return found == headers.end() ? nullptr : &found->second;
}

} // namespace engine
