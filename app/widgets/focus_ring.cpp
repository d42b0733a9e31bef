#include "app/widgets/focus_ring.h"

#include "app/widgets/theme.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>

namespace app {
namespace {

constexpr int reach = 3; // 2 px ring, 3 in high contrast

bool wearsRing(const QWidget *control)
{
    const QWidget *parent = control->parentWidget();
    const bool isInput =
        qobject_cast<const QLineEdit *>(control) || qobject_cast<const QPushButton *>(control) ||
        qobject_cast<const QComboBox *>(control) || qobject_cast<const QPlainTextEdit *>(control) ||
        qobject_cast<const QAbstractSpinBox *>(control);
    // A splitter would take the ring for a pane; the input of a combo box lies inside of its ring.
    const bool fits = parent && !qobject_cast<const QSplitter *>(parent) &&
                      !qobject_cast<const QComboBox *>(parent);
    return isInput && fits && control->property("role") != QLatin1StringView("bare");
}

/// The picture of the ring; takes neither mouse nor focus.
class Ring : public QWidget
{
public:
    explicit Ring(QWidget *parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const bool strong = currentTheme() == ThemeKind::HighContrast;
        const double line = strong ? 3 : 2;
        QColor ink = color(Color::Focus);
        ink.setAlphaF(strong ? 1.0F : 0.35F);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(ink, line));
        const double inset = reach - line / 2;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 7, 7);
    }
};

} // namespace

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    connect(
        qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { follow(now); });
}

FocusRing::~FocusRing()
{
    if (m_ring)
        m_ring->deleteLater();
}

void FocusRing::follow(QWidget *control)
{
    if (m_control)
        m_control->removeEventFilter(this);
    m_control = control && wearsRing(control) ? control : nullptr;
    if (m_control) {
        m_control->installEventFilter(this);
        place();
    } else if (m_ring) {
        m_ring->hide();
    }
}

void FocusRing::place()
{
    // The control's own parent clips the ring exactly as it clips the control (scroll areas).
    if (!m_ring)
        m_ring = new Ring(m_control->parentWidget());
    else if (m_ring->parentWidget() != m_control->parentWidget())
        m_ring->setParent(m_control->parentWidget());
    m_ring->setGeometry(m_control->geometry().adjusted(-reach, -reach, reach, reach));
    m_ring->setVisible(m_control->isVisible());
    m_ring->raise();
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    const bool moved = event->type() == QEvent::Move || event->type() == QEvent::Resize ||
                       event->type() == QEvent::Show || event->type() == QEvent::Hide;
    if (m_control && watched == m_control && moved)
        place();
    return QObject::eventFilter(watched, event);
}

} // namespace app
