#include "app/window/command_palette.h"

#include "app/widgets/icons.h"
#include "app/widgets/search_field.h"

#include <QAction>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int paletteWidth = 520;
constexpr int rowHeight = 32;
constexpr int mostRows = 9;
constexpr int keysRole = Qt::UserRole + 1;

QString nameOf(const QAction &action)
{
    QString name = action.text();
    return name.remove(u'&');
}

/// Whether every word of `asked` is somewhere in `name`.
bool matches(const QString &name, const QString &asked)
{
    const QStringList words = asked.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(),
        [&](const QString &word) { return name.contains(word, Qt::CaseInsensitive); });
}

class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, rowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override
    {
        const bool current = option.state.testFlag(QStyle::State_Selected);
        const bool usable = index.flags().testFlag(Qt::ItemIsEnabled);
        if (current)
            painter->fillRect(option.rect, color(Color::Selection));
        const QRect row = option.rect.adjusted(12, 0, -12, 0);
        index.data(Qt::DecorationRole)
            .value<QIcon>()
            .paint(painter, QRect(row.left(), row.top() + (row.height() - 16) / 2, 16, 16),
                Qt::AlignCenter, usable ? QIcon::Normal : QIcon::Disabled);
        painter->setFont(app::font(Type::Small));
        painter->setPen(color(usable ? Color::Text : Color::TextDisabled));
        painter->drawText(row.adjusted(28, 0, 0, 0), Qt::AlignVCenter, index.data().toString());
        painter->setFont(app::font(Type::Caption));
        painter->setPen(color(usable ? Color::Text3 : Color::TextDisabled));
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, index.data(keysRole).toString());
    }
};

} // namespace

CommandPalette::CommandPalette(const std::vector<QAction *> &actions, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_actions(actions)
    , m_search(new SearchField(tr("Search or run a command"), this))
    , m_list(new QListWidget(this))
{
    setSurface(this, "card");
    setObjectName(u"commandPalette"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_search);
    column->addWidget(m_list);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Commands"));
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::trigger);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::trigger);
}

void CommandPalette::openAt(QPoint place)
{
    m_search->clear();
    fill();
    move(parentWidget()->mapToGlobal(place - QPoint(paletteWidth / 2, 0)));
    show();
    m_search->setFocus();
}

void CommandPalette::fill()
{
    m_list->clear();
    for (QAction *action : m_actions) {
        if (!matches(nameOf(*action), m_search->text()))
            continue;
        auto *item = new QListWidgetItem(action->icon(), nameOf(*action), m_list);
        item->setData(Qt::UserRole, QVariant::fromValue(action));
        item->setData(keysRole, action->shortcut().toString(QKeySequence::NativeText));
        if (!action->isEnabled())
            item->setFlags(Qt::NoItemFlags);
    }
    for (int row = 0; row < m_list->count() && !m_list->currentItem(); ++row)
        if (m_list->item(row)->flags().testFlag(Qt::ItemIsEnabled))
            m_list->setCurrentRow(row);
    const int rows = std::clamp(m_list->count(), 1, mostRows);
    m_list->setFixedHeight(rows * rowHeight);
    setFixedSize(paletteWidth, m_search->sizeHint().height() + rows * rowHeight + 26);
}

void CommandPalette::trigger()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    auto *action = item->data(Qt::UserRole).value<QAction *>();
    close(); // first: what the action opens must not be behind a popup
    action->trigger();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
        for (int row = m_list->currentRow() + step; step != 0 && row >= 0 && row < m_list->count();
             row += step) {
            if (!m_list->item(row)->flags().testFlag(Qt::ItemIsEnabled))
                continue;
            m_list->setCurrentRow(row);
            break;
        }
        if (step != 0)
            return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace app
