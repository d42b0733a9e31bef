#include "app/window/top_bar.h"

#include "app/widgets/icons.h"
#include "app/widgets/segment_control.h"
#include "app/widgets/theme.h"

#include <QAbstractButton>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int barHeight = 40;
constexpr int railWidth = 48;
constexpr int fieldWidth = 360;
constexpr int shortestField = 160;

/// Looks like an input, is a button: it opens the command palette.
class CommandField : public QAbstractButton
{
public:
    explicit CommandField(QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(TopBar::tr("Search or run a command"));
        setAccessibleName(text());
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(28);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(color(hasFocus() ? Color::Accent : Color::Border));
        painter.setBrush(color(underMouse() ? Color::Hover : Color::Base));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        paintIcon(painter, u"search"_s, QRectF(9, 7, 14, 14), color(Color::Text3));
        const QRectF keys = paintKeys(painter);
        painter.setFont(app::font(Type::Small));
        painter.setPen(color(Color::Text3));
        painter.drawText(QRectF(31, 0, keys.left() - 39, height()),
            Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(
                text(), Qt::ElideRight, static_cast<int>(keys.left() - 39)));
    }

private:
    QRectF paintKeys(QPainter &painter) const
    {
        const QString text = QKeySequence(u"Ctrl+Shift+P"_s).toString(QKeySequence::NativeText);
        painter.setFont(app::font(Type::Caption));
        const double wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 10;
        const QRectF place(width() - wide - 6, 5.5, wide, height() - 11);
        painter.setPen(color(Color::Border));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(place, 4, 4);
        painter.setPen(color(Color::Text2));
        painter.drawText(place, Qt::AlignCenter, text);
        return place;
    }
};

/// The semaphore of the application icon in the theme's colours, 16 × 18.
void paintMark(QPainter &painter, QPointF corner)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.translate(corner);
    painter.setBrush(color(Color::KindEnd));
    painter.drawRoundedRect(QRectF(1, 16, 11, 2), 1, 1);
    painter.drawRoundedRect(QRectF(5.5, 0, 2, 17), 1, 1);
    painter.setBrush(color(Color::WaitMark));
    painter.drawPolygon(QPolygonF({{6.5, 1.5}, {16, 1.5}, {14, 4.25}, {16, 7}, {6.5, 7}}));
    painter.resetTransform();
}

} // namespace

TopBar::TopBar(QWidget *parent)
    : QWidget(parent)
    , m_menus(new QMenuBar(this))
    , m_field(new CommandField(this))
    , m_modes(new SegmentControl({{tr("Design"), u"flows"_s, Color::ModeDesign, tr("Draw flows")},
                                     {tr("Run"), u"play"_s, Color::ModeRun, tr("Watch instances")}},
          SegmentControl::Style::Filled, this))
{
    setSurface(this, "window");
    setFixedHeight(barHeight);
    m_menus->setNativeMenuBar(false);
    m_modes->setAccessibleName(tr("Mode"));
    m_modes->setObjectName(u"modes"_s);
    m_field->setObjectName(u"commandField"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(railWidth - 2, 0, 12, 0);
    row->addWidget(m_menus, 0, Qt::AlignVCenter);
    row->addStretch();
    row->addWidget(m_modes, 0, Qt::AlignVCenter);
    connect(static_cast<QAbstractButton *>(m_field), &QAbstractButton::clicked, this,
        &TopBar::commandsWanted);
    connect(m_modes, &SegmentControl::chosen, this,
        [this](int at) { emit modeChosen(at == 0 ? Mode::Design : Mode::Run); });
}

void TopBar::showMode(Mode mode) { m_modes->setCurrent(mode == Mode::Design ? 0 : 1); }

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // In the middle of the window, not of what menus and modes leave; narrow windows have it not.
    const int left = railWidth + m_menus->sizeHint().width() + 16;
    const int right = width() - m_modes->sizeHint().width() - 28;
    const int wide = std::min(fieldWidth, right - left);
    m_field->setVisible(wide >= shortestField);
    const int middle = std::clamp((width() - wide) / 2, left, std::max(left, right - wide));
    m_field->setGeometry(middle, (barHeight - 28) / 2, std::max(wide, 0), 28);
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Color::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), color(Color::Border));
    paintMark(painter, QPointF((railWidth - 16) / 2.0, (barHeight - 18) / 2.0));
}

} // namespace app
