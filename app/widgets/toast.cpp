#include "app/widgets/toast.h"

#include "app/widgets/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPalette>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int staySeconds = 8;
constexpr int toastHeight = 36;
constexpr int fromEdge = 16;

} // namespace

Toast::Toast(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_second(new QTimer(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(36, 0, 8, 0);
    row->setSpacing(16);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    m_text->setFont(app::font(Type::Small));
    m_action->setFont(app::font(Type::SmallStrong));
    setRole(m_action, "link");
    dress();
    m_second->setInterval(1000);
    connect(m_second, &QTimer::timeout, this, &Toast::tick);
    connect(m_action, &QPushButton::clicked, this, [this] {
        m_second->stop();
        hide();
        emit actionChosen();
    });
    parent->installEventFilter(this);
    hide();
}

void Toast::show(const QString &icon, const QString &text, const QString &action)
{
    m_icon = icon;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_secondsLeft = staySeconds;
    m_second->start();
    place();
    QWidget::show();
    raise();
    update();
}

void Toast::place()
{
    const int width = qBound(220, sizeHint().width(), parentWidget()->width() - 2 * fromEdge);
    setGeometry((parentWidget()->width() - width) / 2,
        parentWidget()->height() - toastHeight - fromEdge, width, toastHeight);
}

void Toast::tick()
{
    if (--m_secondsLeft > 0)
        return update();
    m_second->stop();
    hide();
    emit elapsed();
}

void Toast::dress()
{
    // A toast is dark on light and light on dark, so it cannot share the label and link colours.
    m_text->setStyleSheet(u"color: %1;"_s.arg(color(Color::ToastText).name()));
    m_action->setStyleSheet(u"color: %1;"_s.arg(color(Color::ToastAction).name()));
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Color::Toast));
    painter.drawRoundedRect(rect(), 6, 6);
    if (!m_icon.isEmpty())
        paintIcon(
            painter, m_icon, QRectF(12, (height() - 14) / 2.0, 14, 14), color(Color::ToastText));
    const double left = (width() - 12.0) * m_secondsLeft / staySeconds;
    painter.setBrush(color(Color::ToastAction));
    painter.drawRect(QRectF(6, height() - 2, left, 2));
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

void Toast::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

} // namespace app
