#pragma once

#include "engine/base/json_text.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPlainTextEdit;

namespace app {

class JsonHighlighter;

/// JSON to write: coloured, checked as one types; below it, while it is wrong, one sentence with
/// line and column.
class JsonEditor : public QWidget
{
    Q_OBJECT

public:
    explicit JsonEditor(QWidget *parent = nullptr);

    /// What is written, if it is right. An empty text is `null`.
    std::optional<engine::JsonText> value() const;
    void setText(const QString &text);
    QString text() const;
    /// An error that the text itself does not show (a schema's); goes with the next edit.
    void setError(const QString &error);
    QString error() const;
    QPlainTextEdit *edit() const { return m_edit; }

signals:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void check();

    QPlainTextEdit *m_edit;
    JsonHighlighter *m_highlighter;
    QLabel *m_sentence;
    std::optional<engine::JsonText> m_value;
};

} // namespace app
