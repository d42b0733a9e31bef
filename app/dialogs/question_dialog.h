#pragma once

#include <QDialog>

#include <functional>

class QVBoxLayout;
class QHBoxLayout;

namespace app {

/// Title, sentences, buttons at the right: the shape of every small dialog. Deletes itself when
/// closed.
class QuestionDialog : public QDialog
{
    Q_OBJECT

public:
    QuestionDialog(const QString &title, const QString &sentence, QWidget *parent);

    /// Between the sentence and the buttons.
    void addBody(QWidget *body);
    /// Buttons from left to right; `role` as in setRole(). Escape chooses none of them.
    void addButton(const QString &text, const char *role, std::function<void()> chosen);

private:
    QVBoxLayout *m_body;
    QHBoxLayout *m_buttons;
};

} // namespace app
