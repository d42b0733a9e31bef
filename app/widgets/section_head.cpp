#include "app/widgets/section_head.h"

#include "app/widgets/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int headHeight = 28;
constexpr double iconSize = 14;

} // namespace

SectionHead::SectionHead(const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addStretch();
    setFixedHeight(headHeight);
    setText(text);
}

void SectionHead::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    update();
}

void SectionHead::setIcon(const QString &name, Color ink)
{
    m_icon = name;
    m_ink = ink;
    update();
}

void SectionHead::addAtEnd(QWidget *widget) { m_row->addWidget(widget); }

void SectionHead::fold(QWidget *body, bool open)
{
    m_body = body;
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    m_open = !open;
    setOpen(open);
}

void SectionHead::setOpen(bool open)
{
    if (open == m_open)
        return;
    m_open = open;
    if (m_body)
        m_body->setVisible(open);
    update();
    emit opened(open);
}

void SectionHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    double x = 0;
    const auto place = [&] { return QRectF(x, (height() - iconSize) / 2, iconSize, iconSize); };
    if (m_body) {
        paintIcon(painter, m_open ? u"chevron-down"_s : u"chevron-right"_s, place(),
            color(hasFocus() ? Color::Accent : Color::Text2));
        x += iconSize + 6;
    }
    if (!m_icon.isEmpty()) {
        paintIcon(painter, m_icon, place(), color(m_ink));
        x += iconSize + 6;
    }
    painter.setFont(app::font(Type::SmallStrong));
    painter.setPen(color(Color::Text));
    painter.drawText(
        QRectF(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::TextSingleLine, m_text);
}

void SectionHead::mousePressEvent(QMouseEvent *)
{
    if (m_body)
        setOpen(!m_open);
}

void SectionHead::keyPressEvent(QKeyEvent *event)
{
    if (m_body && (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return))
        setOpen(!m_open);
    else
        QWidget::keyPressEvent(event);
}

} // namespace app
