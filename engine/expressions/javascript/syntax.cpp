#include "engine/expressions/javascript/syntax.h"

#include "engine/expressions/javascript/older_form.h"
#include "engine/expressions/javascript/tokens.h"

#include <algorithm>
#include <array>
#include <utility>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSource = 64 * 1024;
constexpr int deepestNesting = 100;
constexpr int linesBefore = 1; ///< of spreadBody(), before the first token

using Tokens = std::vector<Token>;

ExpressionProblem problem(const char *message, int position = 0) { return {message, position, {}}; }

bool staysOnLine(const Token &before, const Token &token)
{
    constexpr std::array restricted{"return"_L1, "throw"_L1, "yield"_L1, "break"_L1, "continue"_L1};
    return token.text == "=>"_L1 || token.text == "++"_L1 || token.text == "--"_L1 ||
           isOneOf(before.text, restricted);
}

/// For each token, on which line of the spread text it stands, from 0.
std::vector<int> linesOf(const Tokens &tokens)
{
    std::vector<int> lines;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool stays = i == 0 || staysOnLine(tokens[i - 1], tokens[i]);
        const int inside = i == 0 ? 0 : int(tokens[i - 1].text.count(u'\n'));
        lines.push_back(i == 0 ? 0 : lines.back() + inside + (stays ? 0 : 1));
    }
    return lines;
}

bool isText(const Tokens &tokens, std::size_t at, QLatin1String text)
{
    return at < tokens.size() && tokens[at].text == text;
}

/// What to write after token `i`, so that each function begins with a checkpoint. A block after
/// parentheses that is none gets one too, which costs little.
QString checkpointAfter(const Tokens &tokens, std::size_t i)
{
    const QString call = QString::fromLatin1(checkpoint) + u"()"_s;
    if (isText(tokens, i, "=>"_L1) && !isText(tokens, i + 1, "{"_L1))
        return u' ' + call + u" ? 0 : "_s;
    const bool body =
        isText(tokens, i, "{"_L1) && i > 0 &&
        (isText(tokens, i - 1, "=>"_L1) ||
            (isText(tokens, i - 1, ")"_L1) && wordBefore(tokens, i - 1) != "switch"_L1));
    return body ? call + u';' : QString();
}

QString guarded(const QString &source)
{
    const Tokens tokens = tokensOf(source);
    QString out;
    qsizetype at = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const QString check = checkpointAfter(tokens, i);
        if (check.isEmpty())
            continue;
        const qsizetype end = tokens[i].position + tokens[i].text.size();
        out += QStringView(source).mid(at, end - at);
        out += check;
        at = end;
    }
    return out + QStringView(source).mid(at).toString();
}

QString spread(const QString &source)
{
    const Tokens tokens = tokensOf(source);
    QString out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i > 0)
            out += staysOnLine(tokens[i - 1], tokens[i]) ? u' ' : u'\n';
        out += tokens[i].text;
        out += checkpointAfter(tokens, i);
    }
    return out;
}

/// A method or a word that came after ECMAScript 2016, and its older form.
struct Newer {
    QLatin1String name;
    const char *instead;
};
constexpr std::array newerMethods{
    Newer{"flat"_L1, "'flat' is not available; write '[].concat(...list)'."},
    Newer{"flatMap"_L1, "'flatMap' is not available; write '[].concat(...list.map(f))'."},
    Newer{"at"_L1, "'at' is not available; write 'list[list.length - 1]' for the last element."},
    Newer{"fromEntries"_L1, "'Object.fromEntries' is not available; use 'reduce'."},
    Newer{"replaceAll"_L1, "'replaceAll' is not available; write 'replace(/…/g, …)'."},
    Newer{"matchAll"_L1, "'matchAll' is not available; use 'match' or 'replace'."},
    Newer{"trimStart"_L1, "'trimStart' is not available; write 'replace(/^\\s+/, '')'."},
    Newer{"trimEnd"_L1, "'trimEnd' is not available; write 'replace(/\\s+$/, '')'."},
    Newer{"findLast"_L1, "'findLast' is not available; use 'filter' and take the last element."},
};

/// The bracket that encloses each token: `{`, `[`, `(` or none.
std::vector<QChar> enclosures(const Tokens &tokens)
{
    std::vector<QChar> open{QChar()}, result;
    for (const Token &token : tokens) {
        if (token.text == "}"_L1 || token.text == "]"_L1 || token.text == ")"_L1) {
            if (open.size() > 1)
                open.pop_back();
        }
        result.push_back(open.back());
        if (token.text == "{"_L1 || token.text == "["_L1 || token.text == "("_L1)
            open.push_back(token.text[0]);
    }
    return result;
}

std::optional<ExpressionProblem> newerWord(const Tokens &tokens, std::size_t i)
{
    const Token &token = tokens[i];
    if (token.text.contains(u'\\') || token.text == QLatin1String(checkpoint))
        return problem("This name is not available; write it without escapes.", token.position);
    const bool member = i > 0 && (isText(tokens, i - 1, "."_L1) || isText(tokens, i - 1, "?."_L1));
    const auto method = std::ranges::find_if(
        newerMethods, [&](const Newer &newer) { return token.text == newer.name; });
    if (member && isText(tokens, i + 1, "("_L1) && method != newerMethods.end())
        return problem(method->instead, token.position);
    if (!member && token.text == "await"_L1)
        return problem("'await' is not available; expressions do not wait.", token.position);
    const bool function = isText(tokens, i + 1, "function"_L1) || isText(tokens, i + 2, "=>"_L1) ||
                          isText(tokens, i + 1, "("_L1);
    if (!member && token.text == "async"_L1 && function)
        return problem("'async' is not available; expressions do not wait.", token.position);
    return {};
}

std::optional<ExpressionProblem> newerForm(
    const Tokens &tokens, std::size_t i, const std::vector<QChar> &enclosedBy)
{
    const Token &token = tokens[i];
    if (token.kind == TokenKind::Word)
        return newerWord(tokens, i);
    if (isText(tokens, i, "}"_L1) && i + 1 < tokens.size() && tokens[i + 1].text.startsWith(u'/'))
        return problem(
            "A '/' after '}' can mean two things; put parentheses around what is before.",
            tokens[i + 1].position);
    const bool spreads = token.text == "..."_L1 && enclosedBy[i] == u'{' &&
                         (isText(tokens, i - 1, "{"_L1) || isText(tokens, i - 1, ","_L1));
    if (spreads)
        return problem(
            "'...' in an object is not available; write 'Object.assign({}, …)'.", token.position);
    const bool hexadecimal = token.text.startsWith("0x"_L1, Qt::CaseInsensitive);
    if (token.kind == TokenKind::Number && token.text.endsWith(u'n') && !hexadecimal)
        return problem(
            "Integers with 'n' are not available; write the number without it.", token.position);
    if (token.kind == TokenKind::Number && token.text.contains(u'_'))
        return problem(
            "Numbers with '_' are not available; write the digits only.", token.position);
    const bool looksBehind = token.text.contains("(?<="_L1) || token.text.contains("(?<!"_L1);
    if (token.kind == TokenKind::Regex && looksBehind)
        return problem(
            "'(?<=' and '(?<!' are not available; match more and use a group.", token.position);
    if (token.text == "?\?="_L1 || token.text == "&&="_L1 || token.text == "||="_L1)
        return problem("This assignment is not available; write it out.", token.position);
    return {};
}

/// Counts in all of the text, because a regular expression is parsed by recursion too.
std::optional<ExpressionProblem> sizeProblem(const QString &source)
{
    if (source.size() > longestSource)
        return problem("The expression is longer than 65536 characters.");
    int depth = 0;
    for (int i = 0; i < source.size(); ++i) {
        const QChar c = source[i];
        if (c == u'(' || c == u'[' || c == u'{')
            ++depth;
        else if ((c == u')' || c == u']' || c == u'}') && depth > 0)
            --depth;
        if (depth > deepestNesting)
            return problem("Brackets are nested deeper than 100.", i);
    }
    return {};
}

QString wrapped(const QString &text, SourceForm form)
{
    return form == SourceForm::Body ? u"\n%1\n"_s.arg(text) : u"return (\n%1\n)"_s.arg(text);
}

bool compiles(Sandbox &sandbox, const QString &body)
{
    return !sandbox.compile({}, body).isError();
}

/// The parser's own sentence and line. The `throw` keeps text that closes the wrapper from running.
QJSValue syntaxError(Sandbox &sandbox, const QString &body)
{
    return sandbox.engine().evaluate(u"throw 0; (function () {"_s + body + u"})"_s);
}

} // namespace

QString functionBody(const QString &source, SourceForm form)
{
    return wrapped(guarded(source), form);
}

QString spreadBody(const QString &source, SourceForm form) { return wrapped(spread(source), form); }

int positionOfLine(const QString &source, int line)
{
    const Tokens tokens = tokensOf(source);
    const std::vector<int> lines = linesOf(tokens);
    const auto found = std::ranges::find(lines, line - 1 - linesBefore);
    if (found == lines.end())
        return tokens.empty() || line <= linesBefore ? 0 : int(source.size());
    return tokens[std::size_t(found - lines.begin())].position;
}

std::vector<ExpressionProblem> newerForms(const QString &source)
{
    if (auto tooLarge = sizeProblem(source))
        return {*tooLarge};
    const Tokens tokens = tokensOf(source);
    if (tokens.empty())
        return {problem("The expression is empty; write a value after '='.")};
    const auto enclosedBy = enclosures(tokens);
    std::vector<ExpressionProblem> problems;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto found = newerForm(tokens, i, enclosedBy);
        if (!found)
            continue;
        if (const auto older = olderForm(source, tokens, i))
            found->instead = older->toStdString();
        problems.push_back(std::move(*found));
    }
    return problems;
}

std::optional<ExpressionProblem> parseProblem(
    Sandbox &sandbox, const QString &source, SourceForm form)
{
    const QString body = functionBody(source, form);
    // `1); more(); (2` is whole between parentheses, but not between brackets as well.
    const bool whole =
        form == SourceForm::Body || compiles(sandbox, u"return [\n%1\n]"_s.arg(source));
    if (whole && compiles(sandbox, body))
        return {};
    const QJSValue error = syntaxError(sandbox, spreadBody(source, form));
    if (!error.isError())
        return problem("This is not one expression; is a bracket missing or too many?");
    const int line = error.property(u"lineNumber"_s).toInt();
    return ExpressionProblem{
        error.property(u"message"_s).toString().toStdString(), positionOfLine(source, line), {}};
}

} // namespace engine
