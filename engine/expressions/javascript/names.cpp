#include "engine/expressions/javascript/names.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array scopeNames{"input"_L1, "vars"_L1, "event"_L1, "events"_L1, "error"_L1,
    "item"_L1, "index"_L1, "instance"_L1, "callbackUrl"_L1};

constexpr std::array languageNames{"Object"_L1, "String"_L1, "Symbol"_L1, "Number"_L1, "Boolean"_L1,
    "Array"_L1, "Date"_L1, "RegExp"_L1, "Error"_L1, "EvalError"_L1, "RangeError"_L1,
    "ReferenceError"_L1, "SyntaxError"_L1, "TypeError"_L1, "URIError"_L1, "Map"_L1, "Set"_L1,
    "WeakMap"_L1, "WeakSet"_L1, "Math"_L1, "JSON"_L1, "NaN"_L1, "Infinity"_L1, "isNaN"_L1,
    "isFinite"_L1, "parseInt"_L1, "parseFloat"_L1, "encodeURI"_L1, "encodeURIComponent"_L1,
    "decodeURI"_L1, "decodeURIComponent"_L1, "arguments"_L1};

using Tokens = std::vector<Token>;

bool isText(const Tokens &tokens, qsizetype at, QLatin1String text)
{
    return at >= 0 && at < qsizetype(tokens.size()) && tokens[std::size_t(at)].text == text;
}

bool isMember(const Tokens &tokens, qsizetype at)
{
    return isText(tokens, at - 1, "."_L1) || isText(tokens, at - 1, "?."_L1);
}

bool isObjectKey(const Tokens &tokens, qsizetype at)
{
    return isText(tokens, at + 1, ":"_L1) &&
           (isText(tokens, at - 1, "{"_L1) || isText(tokens, at - 1, ","_L1));
}

void addWords(const Tokens &tokens, qsizetype from, qsizetype to, QSet<QStringView> &words)
{
    for (qsizetype i = std::max<qsizetype>(from, 0); i < to; ++i) {
        if (tokens[std::size_t(i)].kind == TokenKind::Word)
            words.insert(tokens[std::size_t(i)].text);
    }
}

qsizetype openingOf(const Tokens &tokens, qsizetype closing)
{
    int depth = 0;
    for (qsizetype i = closing; i >= 0; --i) {
        depth += isText(tokens, i, ")"_L1) ? 1 : isText(tokens, i, "("_L1) ? -1 : 0;
        if (depth == 0)
            return i;
    }
    return 0;
}

qsizetype firstOf(const Tokens &tokens, qsizetype from, std::initializer_list<QLatin1String> ends)
{
    const auto isEnd = [&](const Token &token) {
        return std::ranges::any_of(ends, [&](QLatin1String end) { return token.text == end; });
    };
    const auto begin = tokens.begin() + std::min(from, qsizetype(tokens.size()));
    return std::find_if(begin, tokens.end(), isEnd) - tokens.begin();
}

/// Parameters and declared names, as good as one can tell without a parser.
QSet<QStringView> localsOf(const Tokens &tokens)
{
    QSet<QStringView> locals;
    for (qsizetype i = 0; i < qsizetype(tokens.size()); ++i) {
        if (isText(tokens, i, "=>"_L1)) {
            const bool list = isText(tokens, i - 1, ")"_L1);
            addWords(tokens, list ? openingOf(tokens, i - 1) : i - 1, i, locals);
        } else if (isText(tokens, i, "const"_L1) || isText(tokens, i, "let"_L1) ||
                   isText(tokens, i, "var"_L1)) {
            addWords(
                tokens, i + 1, firstOf(tokens, i + 1, {"="_L1, ";"_L1, "of"_L1, "in"_L1}), locals);
        } else if (isText(tokens, i, "function"_L1) || isText(tokens, i, "catch"_L1) ||
                   isText(tokens, i, "class"_L1)) {
            addWords(tokens, i + 1, firstOf(tokens, i + 1, {"{"_L1, "extends"_L1}), locals);
        }
    }
    return locals;
}

/// A name and where the part of it stands that tells it from others.
struct ReadName {
    QString name;
    qsizetype position = 0;
    qsizetype length = 0;
};

/// `steps.review` and `vars.total`, also written `steps['review']`; or the bare name.
ReadName withMember(const Tokens &tokens, qsizetype at)
{
    const Token &token = tokens[std::size_t(at)];
    const QString name = token.text.toString();
    const bool member = isText(tokens, at + 1, "."_L1) || isText(tokens, at + 1, "?."_L1);
    if (member && at + 2 < qsizetype(tokens.size())) {
        const Token &key = tokens[std::size_t(at + 2)];
        if (key.kind == TokenKind::Word)
            return {name + u'.' + key.text.toString(), key.position, key.text.size()};
    }
    if (isText(tokens, at + 1, "["_L1) && isText(tokens, at + 3, "]"_L1)) {
        const Token &key = tokens[std::size_t(at + 2)];
        if (key.kind == TokenKind::String && key.text.size() > 2)
            return {name + u'.' + key.text.mid(1, key.text.size() - 2).toString(), key.position + 1,
                key.text.size() - 2};
    }
    return {name, token.position, token.text.size()};
}

std::vector<ReadName> allNames(QStringView source)
{
    const Tokens tokens = tokensOf(source);
    const QSet<QStringView> locals = localsOf(tokens);
    std::vector<ReadName> names;
    for (qsizetype i = 0; i < qsizetype(tokens.size()); ++i) {
        const Token &token = tokens[std::size_t(i)];
        const bool known = isReserved(token.text) || locals.contains(token.text) ||
                           isOneOf(token.text, languageNames);
        if (token.kind != TokenKind::Word || known || isMember(tokens, i) || isObjectKey(tokens, i))
            continue;
        const bool hasMembers = token.text == "steps"_L1 || token.text == "vars"_L1;
        names.push_back(hasMembers
                            ? withMember(tokens, i)
                            : ReadName{token.text.toString(), token.position, token.text.size()});
    }
    return names;
}

} // namespace

std::vector<std::string> namesRead(QStringView source)
{
    std::vector<std::string> names;
    for (const ReadName &read : allNames(source)) {
        auto name = read.name.toStdString();
        if (std::ranges::find(names, name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

QString withName(const QString &source, const QString &from, const QString &to)
{
    const QString last = to.mid(to.lastIndexOf(u'.') + 1);
    QString out;
    qsizetype done = 0;
    for (const ReadName &read : allNames(source)) {
        if (read.name != from)
            continue;
        out += QStringView(source).mid(done, read.position - done);
        out += last;
        done = read.position + read.length;
    }
    return out + QStringView(source).mid(done).toString();
}

Mentions mentionedIn(QStringView source, const std::vector<std::string> &further)
{
    static const QRegularExpression words(u"[\\w$]+"_s);
    static const QRegularExpression step(
        u"\\G\\s*(?:\\??\\.\\s*([A-Za-z_$][\\w$]*)|\\[\\s*(['\"])([^'\"\\\\]+)\\2\\s*\\])"_s);
    // A name can be written with escapes; then it is not looked for.
    const bool escaped = source.contains("\\u"_L1);
    Mentions mentions;
    if (escaped) {
        mentions.names.assign(scopeNames.begin(), scopeNames.end());
        for (const std::string &name : further)
            mentions.names.push_back(QString::fromStdString(name));
        mentions.anyStep = mentions.clockOrChance = true;
        return mentions;
    }
    const QString text = source.toString();
    const auto add = [](std::vector<QString> &list, const QString &word) {
        if (std::ranges::find(list, word) == list.end())
            list.push_back(word);
    };
    for (auto all = words.globalMatch(text); all.hasNext();) {
        const auto found = all.next();
        const QString word = found.captured();
        if (word == "steps"_L1) {
            const auto which = step.match(text, found.capturedEnd());
            if (which.hasMatch())
                add(mentions.steps, which.captured(1) + which.captured(3));
            else
                mentions.anyStep = true;
        } else if (word == "Date"_L1 || word == "Math"_L1 || word == "now"_L1) {
            mentions.clockOrChance = true;
        } else if (isOneOf(word, scopeNames) ||
                   std::ranges::find(further, word.toStdString()) != further.end()) {
            add(mentions.names, word);
        }
    }
    return mentions;
}

} // namespace engine
