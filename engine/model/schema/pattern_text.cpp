#include "engine/model/schema/pattern_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace engine {
namespace {

/// White space and line ends of ECMA-262, and all the rest, as members of a class.
constexpr std::string_view space =
    "\\u{9}-\\u{d}\\u{20}\\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}"
    "\\u{2029}\\u{202f}\\u{205f}\\u{3000}\\u{feff}";
constexpr std::string_view noSpace =
    "\\u{0}-\\u{8}\\u{e}-\\u{1f}\\u{21}-\\u{9f}\\u{a1}-\\u{167f}\\u{1681}-\\u{1fff}\\u{200b}-"
    "\\u{2027}\\u{202a}-\\u{202e}\\u{2030}-\\u{205e}\\u{2060}-\\u{2fff}\\u{3001}-\\u{fefe}"
    "\\u{ff00}-\\u{10ffff}";
constexpr std::string_view noLineEnd = "[^\\n\\r\\u{2028}\\u{2029}]";
/// Letters and digits that may follow a backslash; other signs always may.
constexpr std::string_view escapes = "0123456789bBcdDfknprsStuvPwWx";

/// The categories that PCRE2 knows by their short names only.
constexpr std::array<std::pair<std::string_view, std::string_view>, 38> categories{{
    {"Cased_Letter", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Connector_Punctuation", "Pc"},
    {"Control", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Format", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"Letter", "L"},
    {"Letter_Number", "Nl"},
    {"Line_Separator", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Number", "N"},
    {"Open_Punctuation", "Ps"},
    {"Other", "C"},
    {"Other_Letter", "Lo"},
    {"Other_Number", "No"},
    {"Other_Punctuation", "Po"},
    {"Other_Symbol", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Private_Use", "Co"},
    {"Punctuation", "P"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Surrogate", "Cs"},
    {"Symbol", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Uppercase_Letter", "Lu"},
}};

std::string propertyName(std::string_view name)
{
    if (const std::size_t equals = name.find('='); equals != std::string_view::npos)
        name.remove_prefix(equals + 1);
    const auto found =
        std::ranges::find(categories, name, &std::pair<std::string_view, std::string_view>::first);
    return std::string(found == categories.end() ? name : found->second);
}

class PatternReader
{
public:
    explicit PatternReader(std::string_view source)
        : m_source(source)
    {}

    PatternText read()
    {
        while (m_at < m_source.size() && m_problem.empty())
            next();
        return {std::move(m_text), std::move(m_problem)};
    }

private:
    void next()
    {
        const char sign = m_source[m_at];
        if (sign == '\\')
            return escape();
        if (sign == '(' && !m_inClass)
            return group();
        if (sign == '[' && !m_inClass)
            m_inClass = true;
        else if (sign == ']' && m_inClass)
            m_inClass = false;
        else if (sign == '[')
            return replace(1, "\\["); // or PCRE2 reads [:alpha:]
        else if (sign == '.' && !m_inClass)
            return replace(1, noLineEnd);
        else if (sign == '+' && !m_inClass && isQuantified())
            return refuse("'+' after a quantifier");
        replace(1, m_source.substr(m_at, 1));
    }

    void group()
    {
        const std::string_view rest = m_source.substr(m_at + 1);
        if (rest.starts_with('*'))
            return refuse("'(*'");
        constexpr std::array<std::string_view, 4> known{"?:", "?=", "?!", "?<"};
        if (rest.starts_with('?') && std::ranges::none_of(known, [rest](std::string_view begin) {
                return rest.starts_with(begin);
            }))
            return refuse("'(" + std::string(rest.substr(0, 2)) + "'");
        replace(1, "(");
    }

    void escape()
    {
        const char letter = m_at + 1 < m_source.size() ? m_source[m_at + 1] : '\0';
        const bool isWord = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                            (letter >= 'A' && letter <= 'Z');
        if (isWord && escapes.find(letter) == std::string_view::npos)
            return refuse("'\\" + std::string(1, letter) + "'");
        if (letter == 's' || letter == 'S') {
            const std::string members(letter == 's' ? space : noSpace);
            return replace(2, m_inClass ? members : "[" + members + "]");
        }
        if (letter == 'v')
            return replace(2, "\\u{b}");
        if (letter == 'p' || letter == 'P')
            return property();
        if (letter == 'u')
            return surrogates();
        replace(2, m_source.substr(m_at, 2));
    }

    void property()
    {
        const std::size_t end = m_source.find('}', m_at);
        if (m_source.substr(m_at + 2, 1) != "{" || end == std::string_view::npos)
            return refuse("'\\p' without a name in braces");
        const std::string name = propertyName(m_source.substr(m_at + 3, end - m_at - 3));
        replace(end + 1 - m_at, std::string(m_source.substr(m_at, 2)) + "{" + name + "}");
    }

    /// The four digits of a \u at `at`.
    std::optional<unsigned> unit(std::size_t at) const
    {
        if (m_source.substr(at, 2) != "\\u" || at + 6 > m_source.size())
            return {};
        unsigned value = 0;
        const char *begin = m_source.data() + at + 2;
        const auto [end, error] = std::from_chars(begin, begin + 4, value, 16);
        return error == std::errc{} && end == begin + 4 ? std::optional(value) : std::nullopt;
    }

    /// Two halves are one character.
    void surrogates()
    {
        const auto high = unit(m_at);
        const auto low = unit(m_at + 6);
        if (!high || !low || *high < 0xD800 || *high > 0xDBFF || *low < 0xDC00 || *low > 0xDFFF)
            return replace(2, "\\u");
        std::array<char, 8> digits{};
        const unsigned character = 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00);
        const auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), character, 16).ptr;
        replace(12, "\\u{" + std::string(digits.data(), end) + "}");
    }

    /// Whether a quantifier stands before, so that `+` would make it possessive.
    bool isQuantified() const
    {
        const char before = m_at > 0 ? m_source[m_at - 1] : '\0';
        const bool escaped = m_at > 1 && m_source[m_at - 2] == '\\';
        if (escaped)
            return false;
        if (before != '}')
            return before == '*' || before == '+' || before == '?';
        const std::size_t open = m_source.rfind('{', m_at);
        const bool ofAnEscape =
            open != std::string_view::npos && open > 1 && m_source[open - 2] == '\\' &&
            std::string_view("upP").find(m_source[open - 1]) != std::string_view::npos;
        return !ofAnEscape;
    }

    void replace(std::size_t length, std::string_view text)
    {
        m_text += text;
        m_at += length;
    }

    void refuse(const std::string &what)
    {
        m_problem = what + " at byte " + std::to_string(m_at + 1) + " is not of ECMA-262";
    }

    std::string_view m_source;
    std::size_t m_at = 0;
    bool m_inClass = false;
    std::string m_text;
    std::string m_problem;
};

} // namespace

PatternText pcreText(std::string_view source) { return PatternReader(source).read(); }

} // namespace engine
