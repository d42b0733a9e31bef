#pragma once

#include "designer/canvas/flow_style.h"

#include <QWidget>

namespace designer {

/// Says what lines and tokens of the run overlay mean. Lower right on the canvas.
class Legend : public QWidget
{
    Q_OBJECT

public:
    /// `style` must outlive the legend.
    Legend(const FlowStyle &style, QWidget *parent);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const FlowStyle &m_style;
};

} // namespace designer
