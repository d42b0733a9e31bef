#include "app/widgets/banner.h"

#include "app/widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace app {
namespace {

struct BannerLook {
    QString icon;
    Color ink;
    Color tint;
};

BannerLook lookOf(Banner::Kind kind)
{
    switch (kind) {
    case Banner::Kind::Note: return {u"info"_s, Color::Running, Color::RunningTint};
    case Banner::Kind::Warning: return {u"warning"_s, Color::Waiting, Color::WaitingTint};
    case Banner::Kind::Problem: return {u"problem"_s, Color::Failed, Color::FailedTint};
    }
    return {};
}

} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_text(new QLabel(this))
{
    m_row->setContentsMargins(34, 4, 8, 4);
    m_row->setSpacing(8);
    m_text->setFont(app::font(Type::Small));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_row->addWidget(m_text, 1);
    setMinimumHeight(32);
    hide();
}

void Banner::showText(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text->setText(text);
    setAccessibleName(text);
    for (QWidget *action : m_actions)
        action->deleteLater();
    m_actions.clear();
    setVisible(!text.isEmpty());
    update();
}

QString Banner::text() const { return m_text->text(); }

void Banner::addAction(const QString &text, std::function<void()> chosen)
{
    auto *button = new QPushButton(text, this);
    setRole(button, "link");
    connect(button, &QPushButton::clicked, this, [chosen = std::move(chosen)] { chosen(); });
    m_row->addWidget(button);
    m_actions.push_back(button);
}

void Banner::paintEvent(QPaintEvent *)
{
    const BannerLook look = lookOf(m_kind);
    QPainter painter(this);
    painter.fillRect(rect(), color(look.tint));
    if (currentTheme() == ThemeKind::HighContrast) {
        painter.setPen(color(look.ink));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    paintIcon(painter, look.icon, QRectF(12, 9, 14, 14), color(look.ink));
}

} // namespace app
