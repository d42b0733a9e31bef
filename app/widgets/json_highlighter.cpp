#include "app/widgets/json_highlighter.h"

#include "app/widgets/theme.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace app {

void JsonHighlighter::highlightBlock(const QString &text)
{
    static const QRegularExpression token(
        uR"((?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*"?)|(?<number>-?\b\d[\d.eE+-]*)|(?<word>\b(?:true|false|null)\b))"_s);
    static const std::initializer_list<std::pair<QString, Color>> inks{{u"key"_s, Color::JsonKey},
        {u"string"_s, Color::JsonString}, {u"number"_s, Color::JsonNumber},
        {u"word"_s, Color::JsonWord}};
    for (auto matches = token.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        for (const auto &[name, ink] : inks)
            if (match.hasCaptured(name))
                setFormat(static_cast<int>(match.capturedStart()),
                    static_cast<int>(match.capturedLength()), color(ink));
    }
}

} // namespace app
