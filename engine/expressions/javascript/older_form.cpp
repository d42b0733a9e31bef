#include "engine/expressions/javascript/older_form.h"

#include <QRegularExpression>

#include <algorithm>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using Tokens = std::vector<Token>;

bool isOpening(const Token &token)
{
    return token.text == "("_L1 || token.text == "["_L1 || token.text == "{"_L1;
}

bool isClosing(const Token &token)
{
    return token.text == ")"_L1 || token.text == "]"_L1 || token.text == "}"_L1;
}

/// The source of an expression by its tokens; ends are one past the last token.
class Source
{
public:
    Source(const QString &text, const Tokens &tokens)
        : m_text(text)
        , m_tokens(tokens)
    {}

    const Token &operator[](std::size_t at) const { return m_tokens[at]; }
    bool is(std::size_t at, QLatin1String text) const
    {
        return at < m_tokens.size() && m_tokens[at].text == text;
    }
    QString between(std::size_t begin, std::size_t end) const
    {
        return begin >= end ? QString()
                            : m_text.mid(m_tokens[begin].position,
                                  endOf(end - 1) - m_tokens[begin].position);
    }
    QString replaced(std::size_t begin, std::size_t end, const QString &by) const
    {
        return m_text.left(m_tokens[begin].position) + by + m_text.mid(endOf(end - 1));
    }
    QString without(std::size_t at) const
    {
        const qsizetype next = at + 1 < m_tokens.size() ? m_tokens[at + 1].position : m_text.size();
        return m_text.left(m_tokens[at].position) + m_text.mid(next);
    }

    /// The bracket that closes the one at `open`.
    std::optional<std::size_t> closing(std::size_t open) const
    {
        int depth = 0;
        for (std::size_t i = open; i < m_tokens.size(); ++i) {
            depth += isOpening(m_tokens[i]) ? 1 : isClosing(m_tokens[i]) ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return {};
    }
    /// The bracket that is open before `at`; with `at` on a closing one, its opening.
    std::optional<std::size_t> opening(std::size_t at) const
    {
        int depth = 1;
        for (std::size_t i = at; i-- > 0;) {
            depth += isClosing(m_tokens[i]) ? 1 : isOpening(m_tokens[i]) ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return {};
    }
    /// Where what stands before the dot at `dot` begins: `a.b(c)[d]`.
    std::optional<std::size_t> receiver(std::size_t dot) const
    {
        std::size_t at = dot;
        while (at > 0) {
            --at;
            if (m_tokens[at].text == ")"_L1 || m_tokens[at].text == "]"_L1) {
                const auto open = opening(at);
                if (!open)
                    return {};
                at = *open;
                const bool goesOn = at > 0 && (isName(at - 1) || isClosing(m_tokens[at - 1]));
                if (goesOn)
                    continue;
                return at;
            }
            if (m_tokens[at].kind == TokenKind::Punctuator)
                return {};
            const bool isMember = at > 0 && (is(at - 1, "."_L1) || is(at - 1, "?."_L1));
            if (!isMember)
                return at;
            --at;
        }
        return {};
    }
    /// The parts of the brackets' content, between its own commas, as ranges of tokens.
    std::vector<std::pair<std::size_t, std::size_t>> parts(
        std::size_t open, std::size_t close) const
    {
        std::vector<std::pair<std::size_t, std::size_t>> parts;
        std::size_t begin = open + 1;
        int depth = 0;
        for (std::size_t i = open + 1; i < close; ++i) {
            depth += isOpening(m_tokens[i]) ? 1 : isClosing(m_tokens[i]) ? -1 : 0;
            if (depth == 0 && is(i, ","_L1)) {
                parts.emplace_back(begin, i);
                begin = i + 1;
            }
        }
        if (begin < close)
            parts.emplace_back(begin, close);
        return parts;
    }

private:
    qsizetype endOf(std::size_t at) const
    {
        return m_tokens[at].position + m_tokens[at].text.size();
    }
    bool isName(std::size_t at) const
    {
        return m_tokens[at].kind == TokenKind::Word && !isReserved(m_tokens[at].text);
    }

    const QString &m_text;
    const Tokens &m_tokens;
};

/// `list.at(-1)` and the like: who is asked, what, and with which arguments.
struct MethodCall {
    QString receiver;
    QString method;
    QString arguments;
    QStringList parts;
};

QString ofFlat(const MethodCall &call)
{
    const bool once = call.arguments.isEmpty() || call.arguments == u"1"_s;
    return once ? u"[].concat(...%1)"_s.arg(call.receiver) : QString();
}

QString ofAt(const MethodCall &call)
{
    static const QRegularExpression number(u"^(-?)\\s*\\d+$"_s);
    const auto match = number.match(call.arguments);
    if (!match.hasMatch())
        return {};
    return match.captured(1).isEmpty() ? u"%1[%2]"_s.arg(call.receiver, call.arguments)
                                       : u"%1.slice(%2)[0]"_s.arg(call.receiver, call.arguments);
}

QString ofReplaceAll(const MethodCall &call)
{
    const bool byFunction =
        call.arguments.contains("=>"_L1) || call.arguments.contains("function"_L1);
    if (call.parts.size() != 2 || byFunction)
        return {};
    if (call.parts[0].startsWith(u'/'))
        return u"%1.replace(%2)"_s.arg(call.receiver, call.arguments);
    return u"%1.split(%2).join(%3)"_s.arg(call.receiver, call.parts[0], call.parts[1]);
}

QString ofFromEntries(const MethodCall &call)
{
    if (call.receiver != "Object"_L1 || call.parts.size() != 1)
        return {};
    return u"(%1).reduce((all, one) => Object.assign(all, {[one[0]]: one[1]}), {})"_s.arg(
        call.arguments);
}

QString olderCall(const MethodCall &call)
{
    const QString &method = call.method;
    if (method == "flat"_L1)
        return ofFlat(call);
    if (method == "at"_L1)
        return ofAt(call);
    if (method == "replaceAll"_L1)
        return ofReplaceAll(call);
    if (method == "fromEntries"_L1)
        return ofFromEntries(call);
    if (method == "flatMap"_L1)
        return u"[].concat(...%1.map(%2))"_s.arg(call.receiver, call.arguments);
    if (method == "findLast"_L1)
        return u"%1.filter(%2).slice(-1)[0]"_s.arg(call.receiver, call.arguments);
    if (method == "trimStart"_L1)
        return u"%1.replace(/^\\s+/, '')"_s.arg(call.receiver);
    if (method == "trimEnd"_L1)
        return u"%1.replace(/\\s+$/, '')"_s.arg(call.receiver);
    return {};
}

std::optional<QString> withOlderCall(const Source &source, std::size_t at)
{
    const auto close = source.closing(at + 1);
    const auto begin = source.receiver(at - 1);
    if (!close || !begin || !source.is(at - 1, "."_L1))
        return {};
    MethodCall call{source.between(*begin, at - 1), source[at].text.toString(),
        source.between(at + 2, *close), {}};
    for (const auto &[from, to] : source.parts(at + 1, *close))
        call.parts.append(source.between(from, to));
    const QString older = olderCall(call);
    return older.isEmpty() ? std::nullopt
                           : std::optional(source.replaced(*begin, *close + 1, older));
}

/// `{...a, b: 1}` is `Object.assign({}, a, {b: 1})`.
std::optional<QString> withoutSpread(const Source &source, std::size_t at)
{
    const auto open = source.opening(at);
    const auto close = open ? source.closing(*open) : std::nullopt;
    if (!close)
        return {};
    QStringList sources{u"{}"_s};
    QStringList own;
    const auto flush = [&] {
        if (!own.isEmpty())
            sources.append(u'{' + own.join(u", "_s) + u'}');
        own.clear();
    };
    for (const auto &[from, to] : source.parts(*open, *close)) {
        if (source.is(from, "..."_L1)) {
            flush();
            sources.append(source.between(from + 1, to));
        } else {
            own.append(source.between(from, to));
        }
    }
    flush();
    return source.replaced(*open, *close + 1, u"Object.assign("_s + sources.join(u", "_s) + u')');
}

/// `a ||= b` is `a = a || b`.
std::optional<QString> withoutAssignment(const Source &source, std::size_t at)
{
    const auto begin = source.receiver(at);
    if (!begin)
        return {};
    const QString sign = source[at].text.chopped(1).toString();
    return source.replaced(at, at + 1, u"= "_s + source.between(*begin, at) + u' ' + sign);
}

} // namespace

std::optional<QString> olderForm(const QString &text, const Tokens &tokens, std::size_t at)
{
    const Source source(text, tokens);
    const Token &token = tokens[at];
    if (token.text == "..."_L1)
        return withoutSpread(source, at);
    if (token.text == "await"_L1 || token.text == "async"_L1)
        return source.without(at);
    if (token.kind == TokenKind::Number) {
        const bool big = token.text.endsWith(u'n');
        return source.replaced(at, at + 1, token.text.chopped(big ? 1 : 0).toString().remove(u'_'));
    }
    if (token.kind == TokenKind::Word && at > 0 && source.is(at + 1, "("_L1))
        return withOlderCall(source, at);
    if (token.text.endsWith(u'=') && token.kind == TokenKind::Punctuator)
        return withoutAssignment(source, at);
    return {};
}

} // namespace engine
