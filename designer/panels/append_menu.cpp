#include "designer/panels/append_menu.h"

#include "app/widgets/icons.h"
#include "app/widgets/search_field.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace designer {
namespace {

constexpr int menuWidth = 220;
constexpr int menuHeight = 320;

/// Lately chosen kinds first, the latest at the top.
void recentFirst(std::vector<PaletteEntry> &entries, const QStringList &recent)
{
    const auto place = [&](const PaletteEntry &entry) {
        const auto at = recent.indexOf(entry.kind);
        return at < 0 ? recent.size() : at;
    };
    std::ranges::stable_sort(
        entries, [&](const PaletteEntry &a, const PaletteEntry &b) { return place(a) < place(b); });
}

} // namespace

AppendMenu::AppendMenu(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_search(new app::SearchField(tr("Append a step"), this))
    , m_list(new QListWidget(this))
{
    app::setSurface(this, "card");
    m_search->setObjectName(QStringLiteral("append.search"));
    m_list->setObjectName(QStringLiteral("append.list"));
    m_list->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_search);
    column->addWidget(m_list);
    resize(menuWidth, menuHeight);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &AppendMenu::fill);
    connect(m_search, &QLineEdit::returnPressed, this, &AppendMenu::choose);
    connect(m_list, &QListWidget::itemClicked, this, &AppendMenu::choose);
}

void AppendMenu::open(QPoint onScreen, std::function<void(const QString &)> chosen)
{
    m_chosen = std::move(chosen);
    m_search->clear();
    fill();
    move(onScreen);
    show();
    m_search->setFocus();
}

void AppendMenu::fill()
{
    m_list->clear();
    std::vector<PaletteEntry> entries = matching(m_search->text());
    if (m_search->text().isEmpty())
        recentFirst(entries, m_recent);
    for (const PaletteEntry &entry : entries) {
        auto *item = new QListWidgetItem(app::icon(entry.icon, entry.ink), entry.text, m_list);
        item->setData(Qt::UserRole, entry.kind);
        item->setToolTip(entry.hint);
    }
    m_list->setCurrentRow(0);
}

void AppendMenu::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString kind = item->data(Qt::UserRole).toString();
    m_recent.removeAll(kind);
    m_recent.prepend(kind);
    hide();
    if (const auto chosen = std::exchange(m_chosen, {}))
        chosen(kind);
}

bool AppendMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        m_list->setCurrentRow(std::min(m_list->currentRow() + 1, m_list->count() - 1));
        return true;
    case Qt::Key_Up: m_list->setCurrentRow(std::max(m_list->currentRow() - 1, 0)); return true;
    case Qt::Key_Escape: hide(); return true;
    default: return QFrame::eventFilter(watched, event);
    }
}

} // namespace designer
