#pragma once

#include <QHash>
#include <QRegularExpression>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace engine {

/// A regular expression of ECMAScript in the dialect of PCRE2.
QString toPcre(QStringView pattern, bool multiline);

struct RegexMatch {
    /// Begin and end of the whole and of each group, in UTF-16 units; -1 where it took no part.
    std::vector<std::pair<qsizetype, qsizetype>> groups;
};

enum class RegexFault { Pattern, TooMuchWork };

/// Regular expressions with a limit on backtracking. The JavaScript engine's own matcher has none
/// that holds: `/(.*)(.*)>/` took 8 s on 3,000 letters, and it does not heed an interrupt.
class Regexes
{
public:
    struct Answer {
        std::optional<RegexMatch> match;
        std::optional<RegexFault> fault;
    };
    Answer match(const QString &pattern, const QString &flags, const QString &subject, int from);

private:
    const QRegularExpression &compiled(const QString &pattern, const QString &flags);

    QHash<QString, QRegularExpression> m_compiled;
};

} // namespace engine
