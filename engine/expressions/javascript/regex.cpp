#include "engine/expressions/javascript/regex.h"

#include <utility>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

// About 5 ms of backtracking and 20 MB. Without JIT: its limit does not count greedy loops.
constexpr auto limits = "(*LIMIT_MATCH=200000)(*LIMIT_HEAP=20000)(*NO_JIT)(*ANYCRLF)"_L1;
// White space of ECMAScript, for the inside of a class; PCRE2's `\s` knows ASCII only.
constexpr auto spaces =
    "\\s\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}"_L1;
constexpr qsizetype compiledLimit = 256;

class Translator
{
public:
    Translator(QStringView pattern, bool multiline)
        : m_pattern(pattern)
        , m_multiline(multiline)
    {}

    QString translate()
    {
        while (m_at < m_pattern.size())
            next();
        return std::move(m_out);
    }

private:
    void next()
    {
        const QChar c = m_pattern[m_at++];
        if (c == u'\\' && m_at < m_pattern.size())
            escape(m_pattern[m_at++]);
        else if (m_inClass)
            classCharacter(c);
        else if (c == u'[')
            openClass();
        else if (c == u'$' && !m_multiline)
            m_out += "\\z"_L1;
        else
            m_out += c;
    }

    void openClass()
    {
        const QStringView rest = m_pattern.mid(m_at);
        if (rest.startsWith("^]"_L1)) {
            m_out += "[\\s\\S]"_L1;
            m_at += 2;
        } else if (rest.startsWith(u']')) {
            m_out += "(?!)"_L1;
            m_at += 1;
        } else {
            m_inClass = true;
            m_out += u'[';
        }
    }

    void classCharacter(QChar c)
    {
        if (c == u'[')
            m_out += u'\\';
        m_inClass = c != u']';
        m_out += c;
    }

    void escape(QChar c)
    {
        switch (c.unicode()) {
        case u's': m_out += m_inClass ? QString(spaces) : u"["_s + spaces + u"]"_s; return;
        case u'S': m_out += m_inClass ? u"\\S"_s : u"[^"_s + spaces + u"]"_s; return;
        case u'v': return character(0x0b);
        case u'b': return m_inClass ? character(8) : plain(c);
        case u'0': return character(0);
        case u'c':
            return m_at < m_pattern.size() ? character(m_pattern[m_at++].unicode() % 32) : plain(c);
        case u'x': return hexadecimal(2, c);
        case u'u': return unicode();
        default: return plain(c);
        }
    }

    // Letters that mean nothing in ECMAScript stand for themselves; PCRE2 knows most of them.
    void plain(QChar c)
    {
        const bool letter = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
        if (!letter || QStringView(u"dDwWbBtnrfk").contains(c))
            m_out += u'\\';
        m_out += c;
    }

    void character(uint code) { m_out += u"\\x{%1}"_s.arg(code, 0, 16); }

    void hexadecimal(qsizetype digits, QChar letter)
    {
        bool ok = false;
        const uint code = m_pattern.mid(m_at, digits).toUInt(&ok, 16);
        if (!ok || m_at + digits > m_pattern.size())
            return plain(letter);
        m_at += digits;
        character(code);
    }

    void unicode()
    {
        if (m_at < m_pattern.size() && m_pattern[m_at] == u'{') {
            const auto end = m_pattern.indexOf(u'}', m_at);
            bool ok = false;
            const uint code = m_pattern.mid(m_at + 1, end - m_at - 1).toUInt(&ok, 16);
            if (end > 0 && ok) {
                m_at = end + 1;
                return character(code);
            }
        }
        const QStringView rest = m_pattern.mid(m_at);
        const uint high = rest.left(4).toUInt(nullptr, 16);
        const uint low = rest.mid(6, 4).toUInt(nullptr, 16);
        if (QChar::isHighSurrogate(high) && rest.mid(4, 2) == "\\u"_L1 &&
            QChar::isLowSurrogate(low)) {
            m_at += 10;
            return character(QChar::surrogateToUcs4(char16_t(high), char16_t(low)));
        }
        hexadecimal(4, u'u');
    }

    QStringView m_pattern;
    bool m_multiline;
    qsizetype m_at = 0;
    bool m_inClass = false;
    QString m_out;
};

} // namespace

QString toPcre(QStringView pattern, bool multiline)
{
    return Translator(pattern, multiline).translate();
}

const QRegularExpression &Regexes::compiled(const QString &pattern, const QString &flags)
{
    const QString key = flags + u'/' + pattern;
    if (const auto found = m_compiled.constFind(key); found != m_compiled.constEnd())
        return *found;
    if (m_compiled.size() >= compiledLimit)
        m_compiled.clear();
    QRegularExpression::PatternOptions options;
    options.setFlag(QRegularExpression::CaseInsensitiveOption, flags.contains(u'i'));
    options.setFlag(QRegularExpression::MultilineOption, flags.contains(u'm'));
    options.setFlag(QRegularExpression::DotMatchesEverythingOption, flags.contains(u's'));
    const QString translated = toPcre(pattern, flags.contains(u'm'));
    return *m_compiled.insert(key, QRegularExpression(limits + translated, options));
}

Regexes::Answer Regexes::match(
    const QString &pattern, const QString &flags, const QString &subject, int from)
{
    const QRegularExpression &regex = compiled(pattern, flags);
    if (!regex.isValid())
        return {.fault = RegexFault::Pattern};
    const auto anchor = flags.contains(u'y') ? QRegularExpression::AnchorAtOffsetMatchOption
                                             : QRegularExpression::NoMatchOption;
    const auto found = regex.match(subject, from, QRegularExpression::NormalMatch, anchor);
    if (!found.isValid())
        return {.fault = RegexFault::TooMuchWork};
    if (!found.hasMatch())
        return {};
    RegexMatch match;
    for (int group = 0; group <= regex.captureCount(); ++group)
        match.groups.emplace_back(found.capturedStart(group), found.capturedEnd(group));
    return {.match = std::move(match)};
}

} // namespace engine
