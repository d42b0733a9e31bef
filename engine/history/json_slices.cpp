#include "engine/history/json_slices.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// Walks a JSON text by whole values.
class Slicer
{
public:
    explicit Slicer(std::string_view text)
        : m_text(text)
    {}

    bool take(char expected)
    {
        skipSpace();
        if (m_at >= m_text.size() || m_text[m_at] != expected)
            return false;
        ++m_at;
        return true;
    }

    bool atEnd()
    {
        skipSpace();
        return m_at >= m_text.size();
    }

    /// The next value, or nothing if the text ends within it.
    std::optional<std::string_view> value()
    {
        skipSpace();
        const std::size_t begin = m_at;
        int depth = 0;
        do {
            if (m_at >= m_text.size())
                return std::nullopt;
            const char c = m_text[m_at];
            if (c == '"') {
                if (!skipString())
                    return std::nullopt;
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (depth > 0) {
                depth -= c == '}' || c == ']' ? 1 : 0;
                ++m_at;
            } else {
                skipScalar();
            }
        } while (depth > 0);
        if (m_at == begin)
            return std::nullopt;
        return m_text.substr(begin, m_at - begin);
    }

private:
    void skipSpace() { m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size()); }

    bool skipString()
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
            else if (m_text[m_at] == '"')
                return ++m_at, true;
        }
        return false;
    }

    void skipScalar() { m_at = std::min(m_text.find_first_of(",:]} \t\r\n", m_at), m_text.size()); }

    std::string_view m_text;
    std::size_t m_at = 0;
};

std::optional<MemberSlice> nextMember(Slicer &slicer)
{
    const auto key = slicer.value();
    if (!key || key->size() < 2 || key->front() != '"' || !slicer.take(':'))
        return std::nullopt;
    const auto value = slicer.value();
    if (!value)
        return std::nullopt;
    return MemberSlice{key->substr(1, key->size() - 2), *value};
}

/// What stands between `open` and `close`, with commas between; `next` reads one.
template<typename Next>
auto listOf(std::string_view text, std::string_view brackets, Next next)
    -> std::optional<std::vector<typename decltype(next(std::declval<Slicer &>()))::value_type>>
{
    Slicer slicer(text);
    std::vector<typename decltype(next(slicer))::value_type> items;
    if (!slicer.take(brackets.front()))
        return std::nullopt;
    bool more = !slicer.take(brackets.back());
    while (more) {
        auto item = next(slicer);
        if (!item)
            return std::nullopt;
        items.push_back(*item);
        more = slicer.take(',');
        if (!more && !slicer.take(brackets.back()))
            return std::nullopt;
    }
    if (!slicer.atEnd())
        return std::nullopt;
    return items;
}

} // namespace

std::optional<std::vector<std::string_view>> elementsOf(std::string_view text)
{
    return listOf(text, "[]", [](Slicer &slicer) { return slicer.value(); });
}

std::optional<std::vector<MemberSlice>> membersOf(std::string_view text)
{
    return listOf(text, "{}", nextMember);
}

} // namespace engine
