#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

/// What stands where a list would: icon, one sentence, at most one button.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    void setContent(const QString &icon, const QString &sentence, const QString &action = {});

signals:
    void actionChosen();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    QLabel *m_sentence;
    QPushButton *m_action;
};

} // namespace app
