#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTimer;

namespace app {

/// A dark strip at the lower edge of its parent that says what was just done, for eight seconds,
/// with at most one action ("Undo", "Show"). A new text replaces the old one.
class Toast : public QWidget
{
    Q_OBJECT

public:
    explicit Toast(QWidget *parent);

    void show(const QString &icon, const QString &text, const QString &action = {});

signals:
    void actionChosen();
    /// The time is over and the action was not chosen.
    void elapsed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void place();
    void tick();
    void dress();

    QString m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QTimer *m_second;
    int m_secondsLeft = 0;
};

} // namespace app
