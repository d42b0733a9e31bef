#include "app/widgets/empty_state.h"

#include "app/widgets/icons.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace app {
namespace {

constexpr double iconSize = 20;

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new QLabel(this))
    , m_action(new QPushButton(this))
{
    m_sentence->setFont(app::font(Type::Small));
    m_sentence->setAlignment(Qt::AlignHCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setMaximumWidth(480);
    setRole(m_sentence, "text2");
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(12);
    column->addStretch(2);
    column->addSpacing(static_cast<int>(iconSize) + 8);
    auto *sentenceRow = new QHBoxLayout;
    sentenceRow->addStretch();
    sentenceRow->addWidget(m_sentence, 100);
    sentenceRow->addStretch();
    column->addLayout(sentenceRow);
    column->addWidget(m_action, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionChosen);
}

void EmptyState::setContent(const QString &icon, const QString &sentence, const QString &action)
{
    m_icon = icon;
    m_sentence->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    update();
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintIcon(painter, m_icon,
        QRectF((width() - iconSize) / 2, m_sentence->y() - iconSize - 12, iconSize, iconSize),
        color(Color::Text3));
}

} // namespace app
