#include "engine/expressions/javascript/tokens.h"

#include <algorithm>
#include <array>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array reserved{"break"_L1, "case"_L1, "catch"_L1, "class"_L1, "const"_L1,
    "continue"_L1, "debugger"_L1, "default"_L1, "delete"_L1, "do"_L1, "else"_L1, "export"_L1,
    "extends"_L1, "false"_L1, "finally"_L1, "for"_L1, "function"_L1, "if"_L1, "import"_L1, "in"_L1,
    "instanceof"_L1, "let"_L1, "new"_L1, "null"_L1, "of"_L1, "return"_L1, "static"_L1, "super"_L1,
    "switch"_L1, "this"_L1, "throw"_L1, "true"_L1, "try"_L1, "typeof"_L1, "undefined"_L1, "var"_L1,
    "void"_L1, "while"_L1, "with"_L1, "yield"_L1};

// Words after which a value begins, so that a `/` is a regular expression.
constexpr std::array beforeValue{"case"_L1, "delete"_L1, "do"_L1, "else"_L1, "in"_L1,
    "instanceof"_L1, "new"_L1, "of"_L1, "return"_L1, "throw"_L1, "typeof"_L1, "void"_L1,
    "yield"_L1};

// Words whose parentheses are followed by a statement.
constexpr std::array beforeStatement{"if"_L1, "for"_L1, "while"_L1, "with"_L1};

// Longest first.
constexpr std::array punctuators{">>>="_L1, "..."_L1, "==="_L1, "!=="_L1, "**="_L1, "<<="_L1,
    ">>="_L1, ">>>"_L1, "?\?="_L1, "&&="_L1, "||="_L1, "=>"_L1, "=="_L1, "!="_L1, "<="_L1, ">="_L1,
    "&&"_L1, "||"_L1, "??"_L1, "?."_L1, "++"_L1, "--"_L1, "+="_L1, "-="_L1, "*="_L1, "/="_L1,
    "%="_L1, "&="_L1, "|="_L1, "^="_L1, "<<"_L1, ">>"_L1, "**"_L1};

bool beginsWord(QChar c)
{
    return c.isLetter() || c == u'_' || c == u'$' || c == u'\\' || c.isSurrogate();
}

bool continuesWord(QChar c) { return beginsWord(c) || c.isDigit() || c.isMark(); }

class Reader
{
public:
    explicit Reader(QStringView source)
        : m_source(source)
    {}

    std::vector<Token> read()
    {
        while (skipBlank(), m_at < m_source.size())
            next();
        return std::move(m_tokens);
    }

private:
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_source.size() ? m_source[m_at + ahead] : QChar();
    }

    void skipBlank()
    {
        while (m_at < m_source.size()) {
            if (peek().isSpace() || peek() == u'\ufeff')
                ++m_at;
            else if (peek() == u'/' && peek(1) == u'/')
                skipTo(m_source.indexOf(u'\n', m_at), 1);
            else if (peek() == u'/' && peek(1) == u'*')
                skipTo(m_source.indexOf("*/"_L1, m_at + 2), 2);
            else
                return;
        }
    }

    void skipTo(qsizetype found, qsizetype length)
    {
        m_at = found < 0 ? m_source.size() : found + length;
    }

    void add(TokenKind kind, qsizetype end)
    {
        end = std::min(end, m_source.size());
        m_tokens.push_back({kind, m_source.mid(m_at, end - m_at), int(m_at)});
        m_at = end;
    }

    void next()
    {
        const QChar c = peek();
        if (beginsWord(c))
            return add(TokenKind::Word, wordEnd(m_at));
        if (c.isDigit() || (c == u'.' && peek(1).isDigit()))
            return add(TokenKind::Number, numberEnd());
        if (c == u'"' || c == u'\'')
            return add(TokenKind::String, stringEnd(c));
        if (c == u'`')
            return readTemplate();
        if (c == u'/' && valueMayBegin())
            return add(TokenKind::Regex, regexEnd());
        if (c == u'}' && !m_templates.empty() && m_templates.back() == 0) {
            m_templates.pop_back();
            return readTemplate();
        }
        readPunctuator();
    }

    qsizetype wordEnd(qsizetype at) const
    {
        while (at < m_source.size() && continuesWord(m_source[at]))
            ++at;
        return at;
    }

    qsizetype numberEnd() const
    {
        qsizetype at = m_at;
        while (at < m_source.size()) {
            const QChar c = m_source[at];
            const bool exponentSign = (c == u'+' || c == u'-') && at > m_at &&
                                      (m_source[at - 1] == u'e' || m_source[at - 1] == u'E') &&
                                      !m_source.mid(m_at).startsWith("0x"_L1, Qt::CaseInsensitive);
            if (!c.isLetterOrNumber() && c != u'.' && c != u'_' && !exponentSign)
                break;
            ++at;
        }
        return at;
    }

    qsizetype stringEnd(QChar quote) const
    {
        qsizetype at = m_at + 1;
        while (at < m_source.size() && m_source[at] != quote && m_source[at] != u'\n')
            at += m_source[at] == u'\\' ? 2 : 1;
        return at + 1;
    }

    qsizetype regexEnd() const
    {
        qsizetype at = m_at + 1;
        bool inClass = false;
        while (at < m_source.size() && m_source[at] != u'\n') {
            const QChar c = m_source[at];
            if (c == u'/' && !inClass)
                return wordEnd(at + 1);
            inClass = c == u'[' || (inClass && c != u']');
            at += c == u'\\' ? 2 : 1;
        }
        return at;
    }

    // From a backtick, or from the `}` that ends an expression in the template.
    void readTemplate()
    {
        qsizetype at = m_at + 1;
        while (at < m_source.size() && m_source[at] != u'`') {
            if (m_source[at] == u'$' && at + 1 < m_source.size() && m_source[at + 1] == u'{') {
                m_templates.push_back(0);
                return add(TokenKind::Template, at + 2);
            }
            at += m_source[at] == u'\\' ? 2 : 1;
        }
        add(TokenKind::Template, at + 1);
    }

    bool valueMayBegin() const
    {
        if (m_tokens.empty())
            return true;
        const Token &last = m_tokens.back();
        if (last.kind == TokenKind::Word)
            return isOneOf(last.text, beforeValue) && !isMember(m_tokens.size() - 1);
        if (last.kind == TokenKind::Template)
            return last.text.endsWith("${"_L1);
        if (last.text == ")"_L1)
            return isOneOf(wordBefore(m_tokens, m_tokens.size() - 1), beforeStatement);
        constexpr std::array endsValue{"]"_L1, "}"_L1, "++"_L1, "--"_L1};
        return last.kind == TokenKind::Punctuator && !isOneOf(last.text, endsValue);
    }

    bool isMember(std::size_t word) const
    {
        return word > 0 &&
               (m_tokens[word - 1].text == "."_L1 || m_tokens[word - 1].text == "?."_L1);
    }

    void readPunctuator()
    {
        if (!m_templates.empty() && peek() == u'{')
            ++m_templates.back();
        if (!m_templates.empty() && peek() == u'}')
            --m_templates.back();
        const QStringView rest = m_source.mid(m_at);
        for (const auto &punctuator : punctuators) {
            const bool decimal = punctuator == "?."_L1 && rest.size() > 2 && rest[2].isDigit();
            if (rest.startsWith(punctuator) && !decimal)
                return add(TokenKind::Punctuator, m_at + punctuator.size());
        }
        add(TokenKind::Punctuator, m_at + 1);
    }

    QStringView m_source;
    qsizetype m_at = 0;
    std::vector<Token> m_tokens;
    std::vector<int> m_templates; ///< open braces in each template expression that we are in
};

} // namespace

std::vector<Token> tokensOf(QStringView source) { return Reader(source).read(); }

QStringView wordBefore(const std::vector<Token> &tokens, std::size_t closing)
{
    int depth = 0;
    for (std::size_t i = closing + 1; i-- > 1;) {
        depth += tokens[i].text == ")"_L1 ? 1 : tokens[i].text == "("_L1 ? -1 : 0;
        if (depth == 0)
            return tokens[i - 1].kind == TokenKind::Word ? tokens[i - 1].text : QStringView();
    }
    return {};
}

bool isReserved(QStringView word) { return isOneOf(word, reserved); }

} // namespace engine
