#pragma once

#include <QWidget>

class QMenuBar;

namespace app {

class SegmentControl;

enum class Mode { Design, Run };

/// The uppermost 40 px: application mark, menus, the command field in the middle, the mode at the
/// right.
class TopBar : public QWidget
{
    Q_OBJECT

public:
    explicit TopBar(QWidget *parent = nullptr);

    QMenuBar &menus() { return *m_menus; }
    QWidget &commandField() { return *m_field; }
    void showMode(Mode mode);

signals:
    void commandsWanted();
    void modeChosen(app::Mode mode);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QMenuBar *m_menus;
    QWidget *m_field;
    SegmentControl *m_modes;
};

} // namespace app
