#pragma once

#include <QWidget>

class QToolButton;

namespace designer {

/// −, value, +, fit; in Run also the eye. Lower left on the canvas.
class ZoomBar : public QWidget
{
    Q_OBJECT

public:
    explicit ZoomBar(QWidget *parent = nullptr);

    void setZoom(double zoom);
    void setEyeShown(bool shown);
    bool isEyeOpen() const;

signals:
    void zoomWanted(double zoom);
    void stepWanted(int direction); ///< 1: one step in, -1: one step out
    void fitWanted();
    void eyeToggled(bool open);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QToolButton *button(const QString &icon, const QString &name);
    void showIcons();

    QToolButton *m_out;
    QToolButton *m_value;
    QToolButton *m_in;
    QToolButton *m_fit;
    QToolButton *m_eye;
};

} // namespace designer
