#pragma once

#include <QSyntaxHighlighter>

namespace app {

/// Colours JSON text: keys, strings, numbers, words. Rehighlight after a change of theme.
class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override;
};

} // namespace app
