#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace app {

/// Draws the ring outside whichever control has the keyboard focus. One for the application.
class FocusRing : public QObject
{
    Q_OBJECT

public:
    explicit FocusRing(QObject *parent = nullptr);
    ~FocusRing() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow(QWidget *control);
    void place();

    QPointer<QWidget> m_control;
    QPointer<QWidget> m_ring; ///< a sibling of the control, so it may die with their parent
};

} // namespace app
