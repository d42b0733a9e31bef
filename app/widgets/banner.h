#pragma once

#include "app/widgets/theme.h"

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace app {

/// A tinted strip above what it is about: "The file was changed outside. Compare  Reload". Hidden
/// until it has something to say.
class Banner : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Note, Warning, Problem };

    explicit Banner(QWidget *parent = nullptr);
    /// Replaces what was shown; the former actions are gone.
    void showText(Kind kind, const QString &text);
    QString text() const;
    void addAction(const QString &text, std::function<void()> chosen);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind = Kind::Note;
    QHBoxLayout *m_row;
    QLabel *m_text;
    std::vector<QWidget *> m_actions;
};

} // namespace app
