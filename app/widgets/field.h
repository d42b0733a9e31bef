#pragma once

#include <QWidget>

class QLabel;

namespace app {

/// A labelled input: caption above, the control, one sentence below. The sentence is a hint, or the
/// error while there is one; the control's outline follows.
class Field : public QWidget
{
    Q_OBJECT

public:
    /// Takes `control` as its child; the label is its buddy and accessible name.
    Field(const QString &label, QWidget *control, QWidget *parent = nullptr);

    QWidget *control() const { return m_control; }
    void setLabel(const QString &label);
    void setHint(const QString &hint);
    /// What is wrong and what to do, in one sentence; empty: nothing is wrong.
    void setError(const QString &error);
    QString error() const { return m_error; }

private:
    void showSentence();

    QLabel *m_label;
    QWidget *m_control;
    QLabel *m_sentence;
    QString m_hint;
    QString m_error;
};

} // namespace app
