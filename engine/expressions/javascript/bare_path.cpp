#include "engine/expressions/javascript/bare_path.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace engine {

namespace {

constexpr std::array<std::string_view, 9> topLevel{
    "input", "vars", "event", "events", "error", "item", "index", "instance", "callbackUrl"};

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$';
}

/// Takes `.name` or `[3]` off the front of `path`; empty if it begins with neither.
std::string_view takeMember(std::string_view &path)
{
    if (path.size() < 2 || (path[0] != '.' && path[0] != '['))
        return {};
    const auto end = std::ranges::find_if_not(path.substr(1), isNameCharacter);
    const auto member = path.substr(1, std::size_t(end - path.begin() - 1));
    const bool number = !member.empty() && member[0] >= '0' && member[0] <= '9';
    const bool index = path[0] == '[';
    if (member.empty() || number != index || (index && (end == path.end() || *end != ']')))
        return {};
    path.remove_prefix(member.size() + (index ? 2 : 1));
    return member;
}

/// Steps over checked JSON text. Nothing here can meet text that is not well formed.
class Cursor
{
public:
    explicit Cursor(std::string_view text)
        : m_text(text)
    {}

    char skipBlank()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n' ||
                                           m_text[m_at] == '\t' || m_text[m_at] == '\r'))
            ++m_at;
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }
    void skipOne() { ++m_at; }
    bool atEnd() const { return m_at >= m_text.size(); }

    std::string_view takeString()
    {
        const auto begin = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        ++m_at;
        return m_text.substr(begin, m_at - begin);
    }

    std::string_view takeValue()
    {
        const auto begin = m_at;
        int depth = 0;
        do {
            const char c = skipBlank();
            if (c == '"') {
                takeString();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (c == '}' || c == ']') {
                --depth;
                ++m_at;
            } else {
                skipScalarOrSeparator(depth);
            }
        } while (depth > 0 && !atEnd());
        return m_text.substr(begin, m_at - begin);
    }

private:
    void skipScalarOrSeparator(int depth)
    {
        const std::string_view ends = depth > 0 ? "\"{}[]" : ",}] \n\r\t";
        m_at = std::min(m_text.find_first_of(ends, m_at), m_text.size());
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

bool isKey(std::string_view written, std::string_view name)
{
    if (written.find('\\') == std::string_view::npos)
        return written.substr(1, written.size() - 2) == name;
    return nlohmann::json::parse(written, nullptr, false) == name;
}

/// As JSON.parse has it: the last of equal keys.
std::optional<std::string_view> memberOf(std::string_view object, std::string_view name)
{
    Cursor cursor(object);
    if (cursor.skipBlank() != '{')
        return {};
    cursor.skipOne();
    std::optional<std::string_view> found;
    while (cursor.skipBlank() == '"') {
        const auto key = cursor.takeString();
        cursor.skipBlank();
        cursor.skipOne(); // the colon
        cursor.skipBlank();
        const auto value = cursor.takeValue();
        if (isKey(key, name))
            found = value;
        if (cursor.skipBlank() == ',')
            cursor.skipOne();
    }
    return found;
}

std::optional<std::string_view> elementOf(std::string_view array, std::string_view index)
{
    std::size_t wanted = 0;
    if (std::from_chars(index.data(), index.data() + index.size(), wanted).ec != std::errc{})
        return {};
    Cursor cursor(array);
    if (cursor.skipBlank() != '[')
        return {};
    cursor.skipOne();
    for (std::size_t i = 0; cursor.skipBlank() != ']' && !cursor.atEnd(); ++i) {
        const auto value = cursor.takeValue();
        if (i == wanted)
            return value;
        if (cursor.skipBlank() == ',')
            cursor.skipOne();
    }
    return {};
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool isPath(std::string_view path)
{
    while (!path.empty()) {
        if (takeMember(path).empty())
            return false;
    }
    return true;
}

} // namespace

std::optional<JsonText> barePath(std::string_view source, const Scope &scope)
{
    auto path = trimmed(source);
    const auto end = std::ranges::find_if_not(path, isNameCharacter);
    const auto name = path.substr(0, std::size_t(end - path.begin()));
    path.remove_prefix(name.size());
    if (!isPath(path))
        return {};

    std::optional<JsonText> root;
    if (name == "steps")
        root = path.starts_with('.') ? scope.step(takeMember(path)) : std::nullopt;
    else if (std::ranges::find(topLevel, name) != topLevel.end() ||
             std::ranges::find(scope.itemNames, name) != scope.itemNames.end())
        root = scope.value(name);
    if (!root || path.empty())
        return root;

    std::string_view value = root->text();
    while (!path.empty()) {
        const bool index = path.front() == '[';
        const auto member = takeMember(path);
        const auto found = index ? elementOf(value, member) : memberOf(value, member);
        if (!found)
            return {};
        value = *found;
    }
    return JsonText::trusted(std::string(value));
}

} // namespace engine
