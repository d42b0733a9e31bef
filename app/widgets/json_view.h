#pragma once

#include <QPlainTextEdit>

#include <string_view>

namespace app {

class JsonHighlighter;

/// `text` indented by two; as it is if it is not JSON.
QString indentedJson(std::string_view text);

/// A JSON value to read and copy: indented and coloured, on an inset block. Very large values
/// (over 256 KB) are shown as they came, without colours.
class JsonView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit JsonView(QWidget *parent = nullptr);
    void showJson(std::string_view text);
    /// Grows with its text between these numbers of lines instead of filling its place.
    void fitLines(int fewest, int most);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fit();

    JsonHighlighter *m_highlighter;
    int m_fewest = 0;
    int m_most = 0;
};

} // namespace app
