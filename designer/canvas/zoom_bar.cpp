#include "designer/canvas/zoom_bar.h"

#include "app/widgets/icons.h"
#include "app/widgets/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace designer {

namespace {

constexpr int barHigh = 28;

QString percent(double zoom)
{
    //: Zoom of the canvas.
    return ZoomBar::tr("%1 %").arg(QLocale().toString(qRound(zoom * 100)));
}

} // namespace

ZoomBar::ZoomBar(QWidget *parent)
    : QWidget(parent)
    , m_out(button(QStringLiteral("minus"), tr("Zoom out")))
    , m_value(new QToolButton(this))
    , m_in(button(QStringLiteral("plus"), tr("Zoom in")))
    , m_fit(button(QStringLiteral("fit"), tr("Show the whole flow")))
    , m_eye(button(QStringLiteral("eye"), tr("Show the run on the flow")))
{
    setCursor(Qt::ArrowCursor);
    setFixedHeight(barHigh);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    for (QToolButton *each : {m_out, m_value, m_in, m_fit, m_eye})
        row->addWidget(each);
    m_value->setAutoRaise(true);
    m_value->setFixedSize(52, barHigh - 4);
    m_value->setPopupMode(QToolButton::InstantPopup);
    m_value->setAccessibleName(tr("Zoom"));
    m_value->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    auto *menu = new QMenu(m_value);
    for (const double zoom : {0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 4.0}) {
        connect(menu->addAction(percent(zoom)), &QAction::triggered, this,
            [this, zoom] { emit zoomWanted(zoom); });
    }
    m_value->setMenu(menu);
    m_eye->setCheckable(true);
    m_eye->setChecked(true);
    m_eye->hide();
    connect(m_out, &QToolButton::clicked, this, [this] { emit stepWanted(-1); });
    connect(m_in, &QToolButton::clicked, this, [this] { emit stepWanted(1); });
    connect(m_fit, &QToolButton::clicked, this, &ZoomBar::fitWanted);
    connect(m_eye, &QToolButton::toggled, this, &ZoomBar::eyeToggled);
    showIcons();
    setZoom(1);
}

QToolButton *ZoomBar::button(const QString &icon, const QString &name)
{
    auto *result = new QToolButton(this);
    result->setAutoRaise(true);
    result->setFocusPolicy(Qt::NoFocus); // the canvas has keys for all of them
    result->setFixedSize(barHigh, barHigh - 4);
    result->setIconSize({16, 16});
    result->setAccessibleName(name);
    result->setToolTip(name);
    result->setProperty("icon name", icon);
    return result;
}

void ZoomBar::showIcons()
{
    for (QToolButton *each : {m_out, m_in, m_fit, m_eye})
        each->setIcon(app::icon(each->property("icon name").toString()));
}

void ZoomBar::setZoom(double zoom) { m_value->setText(percent(zoom)); }

void ZoomBar::setEyeShown(bool shown)
{
    m_eye->setVisible(shown);
    adjustSize();
}

bool ZoomBar::isEyeOpen() const { return m_eye->isChecked(); }

void ZoomBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(app::color(app::Color::Border));
    painter.setBrush(app::color(app::Color::Panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const int x = m_fit->x() - 1;
    painter.setPen(app::color(app::Color::Line));
    painter.drawLine(x, 6, x, height() - 7);
}

void ZoomBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcons();
}

} // namespace designer
