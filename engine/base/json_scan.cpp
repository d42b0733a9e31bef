#include "engine/base/json_scan.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace engine {
namespace {

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }

bool isContinuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/// The length of the UTF-8 character at the start of `text`, or 0: overlong forms, surrogates and
/// what lies beyond U+10FFFF are none.
std::size_t characterLength(std::string_view text)
{
    const auto byte = [text](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (!isContinuation(static_cast<unsigned char>(byte(1))))
        return 0;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (!isContinuation(static_cast<unsigned char>(byte(2))))
        return 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (!isContinuation(static_cast<unsigned char>(byte(3))))
        return 0;
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    return first < 0xF0 || first > 0xF4 || overlong || beyond ? 0 : 4;
}

/// Numbers in everyday length always do, so only the rare long ones are converted.
bool fitsDouble(std::string_view number)
{
    if (number.size() < 300 && number.find_first_of("eE") == std::string_view::npos)
        return true;
    return std::isfinite(std::strtod(std::string(number).c_str(), nullptr));
}

class Scanner
{
public:
    Scanner(std::string_view text, int depth, JsonListener *listener)
        : m_text(text)
        , m_depth(depth)
        , m_listener(listener)
    {}

    std::optional<JsonFault> run()
    {
        if (m_text.starts_with("\xEF\xBB\xBF")) {
            fail("a byte order mark is not allowed: save the text as UTF-8 without it");
            return m_fault;
        }
        skipSpace();
        if (value(0)) {
            skipSpace();
            if (m_at < m_text.size())
                fail("nothing may follow the value");
        }
        return m_fault;
    }

private:
    bool fail(std::string reason)
    {
        m_fault = JsonFault{m_at, std::move(reason)};
        return false;
    }

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    bool take(char letter)
    {
        if (peek() != letter || m_at >= m_text.size())
            return false;
        ++m_at;
        return true;
    }

    void skipSpace()
    {
        while (m_at < m_text.size()) {
            const char letter = m_text[m_at];
            if (letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t')
                return;
            ++m_at;
        }
    }

    void heard(JsonKind kind, std::size_t begin)
    {
        if (m_listener)
            m_listener->scalar(kind, begin, m_at);
    }

    bool value(int depth)
    {
        const std::size_t begin = m_at;
        switch (peek()) {
        case '{': return container(JsonKind::Object, depth);
        case '[': return container(JsonKind::Array, depth);
        case '"':
            if (!string())
                return false;
            heard(JsonKind::String, begin);
            return true;
        case 't': return word("true", JsonKind::Boolean);
        case 'f': return word("false", JsonKind::Boolean);
        case 'n': return word("null", JsonKind::Null);
        default: return number();
        }
    }

    bool word(std::string_view expected, JsonKind kind)
    {
        if (!m_text.substr(m_at).starts_with(expected))
            return fail("expected a value");
        const std::size_t begin = m_at;
        m_at += expected.size();
        heard(kind, begin);
        return true;
    }

    bool container(JsonKind kind, int depth)
    {
        if (depth >= m_depth) {
            fail("nested deeper than " + std::to_string(m_depth));
            m_fault->tooDeep = true;
            return false;
        }
        const char end = kind == JsonKind::Object ? '}' : ']';
        if (m_listener)
            m_listener->opened(kind, m_at);
        ++m_at;
        skipSpace();
        if (!take(end) && !members(kind, end, depth))
            return false;
        if (m_listener)
            m_listener->closed(m_at);
        return true;
    }

    bool members(JsonKind kind, char end, int depth)
    {
        while (true) {
            if (kind == JsonKind::Object && !key())
                return false;
            if (!value(depth + 1))
                return false;
            skipSpace();
            if (take(end))
                return true;
            if (!take(','))
                return fail(std::string("expected ',' or '") + end + "'");
            skipSpace();
        }
    }

    bool key()
    {
        const std::size_t begin = m_at;
        if (peek() != '"')
            return fail("expected a key in double quotes");
        if (!string())
            return false;
        if (m_listener)
            m_listener->key(begin, m_at);
        skipSpace();
        if (!take(':'))
            return fail("expected ':' after the key");
        skipSpace();
        return true;
    }

    bool string()
    {
        ++m_at;
        while (m_at < m_text.size()) {
            const auto byte = static_cast<unsigned char>(m_text[m_at]);
            if (byte == '"') {
                ++m_at;
                return true;
            }
            if (byte == '\\') {
                if (!escape())
                    return false;
            } else if (byte < 0x20) {
                return fail("a control character in a string must be escaped");
            } else {
                const std::size_t length = characterLength(m_text.substr(m_at, 4));
                if (length == 0)
                    return fail("a byte that is not UTF-8");
                m_at += length;
            }
        }
        return fail("a string that does not end");
    }

    bool escape()
    {
        const char letter = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        if (letter != 'u') {
            if (letter == '\0' ||
                std::string_view("\"\\/bfnrt").find(letter) == std::string_view::npos)
                return fail("an unknown escape in a string");
            m_at += 2;
            return true;
        }
        return unicodeEscape();
    }

    /// The number of a `\uXXXX` at `at`, or nothing.
    std::optional<unsigned> codeUnit(std::size_t at) const
    {
        const std::string_view hex = m_text.substr(std::min(at, m_text.size()), 6);
        if (hex.size() < 6 || !hex.starts_with("\\u"))
            return {};
        unsigned unit = 0;
        const auto [end, error] = std::from_chars(hex.data() + 2, hex.data() + 6, unit, 16);
        if (error != std::errc{} || end != hex.data() + 6)
            return {};
        return unit;
    }

    bool unicodeEscape()
    {
        const auto unit = codeUnit(m_at);
        if (!unit)
            return fail("'\\u' needs four hexadecimal digits");
        const bool high = (*unit & 0xFC00) == 0xD800;
        const auto second = high ? codeUnit(m_at + 6) : std::nullopt;
        if ((*unit & 0xFC00) == 0xDC00 || (high && (second.value_or(0) & 0xFC00) != 0xDC00))
            return fail("half of a surrogate pair");
        m_at += high ? 12 : 6;
        return true;
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return false;
        while (isDigit(peek()))
            ++m_at;
        return true;
    }

    bool number()
    {
        const std::size_t begin = m_at;
        take('-');
        const std::size_t first = m_at;
        if (!digits())
            return m_at == begin
                       ? fail(m_at < m_text.size() ? "expected a value" : "it ends too early")
                       : fail("expected a digit");
        if (m_text[first] == '0' && m_at - first > 1)
            return fail("a number must not begin with 0");
        if (take('.') && !digits())
            return fail("expected a digit after the point");
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!digits())
                return fail("expected a digit in the exponent");
        }
        if (!fitsDouble(m_text.substr(begin, m_at - begin))) {
            m_at = begin;
            return fail("a number larger than 1.7e308");
        }
        heard(JsonKind::Number, begin);
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth;
    JsonListener *m_listener;
    std::optional<JsonFault> m_fault;
};

} // namespace

std::optional<JsonFault> scanJson(std::string_view text, int depth, JsonListener *listener)
{
    return Scanner(text, depth, listener).run();
}

TextPlace placeAt(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t newline = before.rfind('\n');
    const std::string_view line =
        newline == std::string_view::npos ? before : before.substr(newline + 1);
    TextPlace place;
    place.line += static_cast<int>(std::ranges::count(before, '\n'));
    place.column += static_cast<int>(std::ranges::count_if(
        line, [](char letter) { return !isContinuation(static_cast<unsigned char>(letter)); }));
    return place;
}

Error errorOf(const JsonFault &fault, std::string_view text)
{
    const TextPlace place = placeAt(text, fault.offset);
    return {fault.tooDeep ? ErrorCode::TooLarge : ErrorCode::InvalidArgument,
        "not valid JSON: line " + std::to_string(place.line) + ", column " +
            std::to_string(place.column) + ": " + fault.reason};
}

std::string unquoted(std::string_view string)
{
    if (string.find('\\') == std::string_view::npos)
        return std::string(string.substr(1, string.size() - 2));
    return nlohmann::json::parse(string).get<std::string>();
}

} // namespace engine
