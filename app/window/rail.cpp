#include "app/window/rail.h"

#include "app/widgets/icons.h"
#include "app/widgets/theme.h"

#include <QAbstractButton>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int railWidth = 48;
constexpr int side = 40;

class RailButton : public QAbstractButton
{
public:
    RailButton(QString icon, const QString &name, QWidget *parent)
        : QAbstractButton(parent)
        , m_icon(std::move(icon))
    {
        setToolTip(name);
        setAccessibleName(name);
        setFixedSize(side, side);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    void setCount(qint64 count)
    {
        m_count = count;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || underMouse() || isDown()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(isChecked() ? Color::Selection
                                   : isDown()  ? Color::Press
                                               : Color::Hover));
            painter.drawRoundedRect(rect(), 8, 8);
        }
        if (hasFocus()) {
            painter.setPen(QPen(color(Color::Focus), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
        }
        paintIcon(painter, m_icon, QRectF(11, 11, 18, 18),
            color(isChecked() ? Color::Accent : Color::Text2));
        if (m_count > 0)
            paintCount(painter);
    }

private:
    void paintCount(QPainter &painter) const
    {
        const QString text = m_count > 999 ? u"999+"_s : QLocale().toString(m_count);
        painter.setFont(app::font(Type::Tiny));
        const double wide =
            std::max(15.0, QFontMetricsF(painter.font()).horizontalAdvance(text) + 8);
        const QRectF place(width() - wide, 1, wide, 15);
        painter.setPen(QPen(color(Color::Window), 1.5));
        painter.setBrush(color(Color::Accent));
        painter.drawRoundedRect(place, 7.5, 7.5);
        painter.setPen(color(Color::OnAccent));
        painter.drawText(place, Qt::AlignCenter, text);
    }

    QString m_icon;
    qint64 m_count = 0;
};

} // namespace

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setFixedWidth(railWidth);
    m_column->setContentsMargins(4, 8, 4, 8);
    m_column->setSpacing(4);
    m_column->addStretch();
}

void Rail::addPlace(const QString &icon, const QString &name)
{
    auto *button = new RailButton(icon, name, this);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    const int at = static_cast<int>(m_places.size());
    m_column->insertWidget(at, button);
    m_places.push_back(button);
    connect(button, &QAbstractButton::clicked, this, [this, at] { emit chosen(at); });
}

QAbstractButton *Rail::addButton(const QString &icon, const QString &name)
{
    auto *button = new RailButton(icon, name, this);
    m_column->addWidget(button);
    return button;
}

void Rail::setCurrent(int place) { m_places.at(static_cast<std::size_t>(place))->setChecked(true); }

void Rail::setCount(int place, qint64 count)
{
    static_cast<RailButton *>(m_places.at(static_cast<std::size_t>(place)))->setCount(count);
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Color::Window));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), color(Color::Border));
}

} // namespace app
