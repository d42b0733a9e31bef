#include "engine/model/template.h"

#include "engine/base/json_scan.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// Cuts a JSON text at its expressions.
class Splitter final : public JsonListener
{
public:
    Splitter(const std::string &text, std::string_view source)
        : m_text(text)
        , m_source(source)
    {}

    void key(std::size_t begin, std::size_t end) override
    {
        m_inSource = m_depth == 1 && !m_source.empty() &&
                     unquoted(std::string_view(m_text).substr(begin, end - begin)) == m_source;
    }
    void opened(JsonKind, std::size_t) override { ++m_depth; }
    void closed(std::size_t) override { --m_depth; }

    void scalar(JsonKind kind, std::size_t begin, std::size_t end) override
    {
        const std::string_view written = std::string_view(m_text).substr(begin, end - begin);
        // "\u003d" is a "=" too, so what counts is the value.
        if (kind != JsonKind::String ||
            (!written.starts_with("\"=") && !written.starts_with("\"\\u")))
            return;
        const std::string value = unquoted(written);
        if (!value.starts_with('='))
            return;
        m_literal += m_text.substr(m_done, begin - m_done);
        m_done = end;
        if (value.starts_with("==") || m_inSource) {
            m_literal += JsonText::ofString(std::string_view(value).substr(1)).text();
            return;
        }
        flush();
        m_pieces.emplace_back(Expression{value.substr(1)});
    }

    std::vector<std::variant<std::string, Expression>> pieces()
    {
        m_literal += m_text.substr(m_done);
        flush();
        return std::move(m_pieces);
    }

private:
    void flush()
    {
        if (!m_literal.empty())
            m_pieces.emplace_back(std::exchange(m_literal, {}));
    }

    const std::string &m_text;
    std::string_view m_source;
    bool m_inSource = false;
    int m_depth = 0;
    std::size_t m_done = 0;
    std::string m_literal;
    std::vector<std::variant<std::string, Expression>> m_pieces;
};

} // namespace

Template templateFrom(JsonText written) { return templateFrom(std::move(written), {}); }

Template templateFrom(JsonText written, std::string_view source)
{
    Splitter splitter(written.text(), source);
    const bool whole = !scanJson(written.text(), JsonLimits{}.depth, &splitter);
    std::vector<std::variant<std::string, Expression>> pieces;
    if (whole)
        pieces = splitter.pieces();
    else
        pieces.emplace_back(written.text());
    return {std::move(written), std::move(pieces)};
}

bool isConstant(const Template &value)
{
    return std::ranges::none_of(
        value.pieces, [](const auto &piece) { return std::holds_alternative<Expression>(piece); });
}

} // namespace engine
