#include "engine/rest/url.h"

#include "engine/base/json_text.h"
#include "engine/rest/rest_message.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace engine {

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string escaped(std::string_view text, std::string_view kept)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isLetterOrDigit(c) || kept.find(c) != std::string_view::npos)
            result += c;
        else
            result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return result;
}

/// Ids and names end in JSON and SQL, which take valid UTF-8 only.
std::string withoutBrokenUtf8(std::string text)
{
    const bool plain =
        std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return plain ? text : JsonText::ofString(text).tree().get<std::string>();
}

} // namespace

std::string urlDecoded(std::string_view text, PlusSign plus)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isEscape = text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 &&
                              hexValue(text[i + 2]) >= 0;
        if (isEscape) {
            result += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else if (text[i] == '+' && plus == PlusSign::Space) {
            result += ' ';
        } else {
            result += text[i];
        }
    }
    return withoutBrokenUtf8(std::move(result));
}

std::string formEncoded(std::string_view text)
{
    std::string result = escaped(text, "-_.!*() ");
    std::ranges::replace(result, ' ', '+');
    return result;
}

std::string segmentEncoded(std::string_view text) { return escaped(text, "-._~"); }

std::string_view pathOf(std::string_view target)
{
    return target.substr(0, target.find_first_of("?#"));
}

std::vector<std::string_view> pathSegments(std::string_view path)
{
    const auto first = path.find_first_not_of('/');
    if (first == std::string_view::npos)
        return {};
    path = path.substr(first, path.find_last_not_of('/') - first + 1);
    std::vector<std::string_view> segments;
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
        segments.push_back(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    segments.push_back(path);
    return segments;
}

std::vector<std::string> decodedPath(std::string_view target)
{
    std::vector<std::string> decoded;
    for (const std::string_view segment : pathSegments(pathOf(target)))
        decoded.push_back(urlDecoded(segment, PlusSign::Plus));
    return decoded;
}

UrlQuery UrlQuery::ofTarget(std::string_view target)
{
    UrlQuery query;
    const auto mark = target.find('?');
    if (mark == std::string_view::npos)
        return query;
    std::string_view rest = target.substr(mark + 1);
    rest = rest.substr(0, rest.find('#'));
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        const auto equals = part.find('=');
        const auto value = equals == std::string_view::npos ? "" : part.substr(equals + 1);
        if (!part.empty())
            query.m_parameters.emplace_back(urlDecoded(part.substr(0, equals), PlusSign::Space),
                urlDecoded(value, PlusSign::Space));
    }
    return query;
}

std::string UrlQuery::value(std::string_view name) const
{
    std::string joined;
    bool first = true;
    for (const auto &[key, value] : m_parameters) {
        if (!sameText(key, name))
            continue;
        joined += first ? value : "," + value;
        first = false;
    }
    return joined;
}

bool UrlQuery::has(std::string_view name) const
{
    return std::ranges::any_of(
        m_parameters, [&](const auto &parameter) { return sameText(parameter.first, name); });
}

} // namespace engine
