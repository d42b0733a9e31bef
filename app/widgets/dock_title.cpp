#include "app/widgets/dock_title.h"

#include "app/widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace app {
namespace {

constexpr int titleHeight = 36;

} // namespace

DockTitle::DockTitle(const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(text, this))
    , m_row(new QHBoxLayout(this))
{
    setSurface(this, "panel");
    setFixedHeight(titleHeight);
    m_text->setFont(app::font(Type::SmallStrong));
    setRole(m_text, "text2");
    m_row->setContentsMargins(12, 0, 6, 0);
    m_row->setSpacing(2);
    m_row->addWidget(m_text);
    m_row->addStretch();
}

void DockTitle::setText(const QString &text) { m_text->setText(text); }

QToolButton *DockTitle::addButton(const QString &icon, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setIcon(app::icon(icon));
    button->setIconSize({16, 16});
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    m_row->addWidget(button);
    return button;
}

void DockTitle::addWidget(QWidget *widget) { m_row->addWidget(widget); }

QSize DockTitle::sizeHint() const { return {QWidget::sizeHint().width(), titleHeight}; }

QSize DockTitle::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(), titleHeight};
}

} // namespace app
