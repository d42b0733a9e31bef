#include "designer/panels/palette_panel.h"

#include "app/widgets/icons.h"
#include "app/widgets/search_field.h"
#include "designer/document/step_mime.h"

#include <QApplication>
#include <QDrag>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace designer {
namespace {

constexpr int padding = 8;
constexpr int columns = 2;

} // namespace

PaletteButton::PaletteButton(const PaletteEntry &entry, QWidget *parent)
    : QPushButton(app::icon(entry.icon, entry.ink), entry.text, parent)
    , m_kind(entry.kind)
{
    setObjectName(QStringLiteral("palette.") + entry.kind);
    setToolTip(entry.hint);
    setProperty("role", QStringLiteral("entry"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // both columns are equally wide
    setStyleSheet(QStringLiteral("text-align: left; padding-left: 8px;"));
}

void PaletteButton::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position().toPoint();
    QPushButton::mousePressEvent(event);
}

void PaletteButton::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint moved = event->position().toPoint() - m_pressed;
    if (!(event->buttons() & Qt::LeftButton) ||
        moved.manhattanLength() < QApplication::startDragDistance()) {
        QPushButton::mouseMoveEvent(event);
        return;
    }
    setDown(false);
    auto *drag = new QDrag(this);
    auto *mime = new QMimeData;
    mime->setData(stepKindMime, m_kind.toUtf8());
    drag->setMimeData(mime);
    drag->setPixmap(icon().pixmap(iconSize()));
    drag->exec(Qt::CopyAction);
}

PalettePanel::PalettePanel(QWidget *parent)
    : QWidget(parent)
    , m_search(new app::SearchField(tr("Type to add a step"), this))
    , m_column(new QVBoxLayout)
{
    app::setSurface(this, "panel");
    m_search->setObjectName(QStringLiteral("palette.search"));
    auto *content = new QWidget(this);
    content->setLayout(m_column);
    m_column->setContentsMargins(padding, 0, padding, padding);
    app::setSurface(content, "clear");
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(padding, padding, padding, 0);
    head->addWidget(m_search);
    layout->addLayout(head);
    layout->addWidget(scroll, 1);
    connect(m_search, &QLineEdit::textChanged, this, &PalettePanel::fill);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        const auto entries = matching(m_search->text());
        if (!entries.empty())
            emit kindChosen(entries.front().kind);
    });
    fill();
}

void PalettePanel::fill()
{
    if (m_groups) {
        m_column->removeWidget(m_groups);
        m_groups->hide();
        m_groups->deleteLater();
    }
    m_groups = new QWidget;
    auto *column = new QVBoxLayout(m_groups);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    const auto entries = matching(m_search->text());
    for (std::size_t from = 0; from < entries.size();) {
        std::size_t to = from;
        while (to < entries.size() && entries[to].group == entries[from].group)
            ++to;
        addGroup(entries, from, to);
        from = to;
    }
    if (entries.empty()) {
        auto *none = new QLabel(tr("No step is called so."), m_groups);
        app::setRole(none, "text3");
        column->addWidget(none);
    }
    column->addStretch(1);
    m_column->addWidget(m_groups);
}

void PalettePanel::addGroup(
    const std::vector<PaletteEntry> &entries, std::size_t from, std::size_t to)
{
    auto *column = static_cast<QVBoxLayout *>(m_groups->layout());
    auto *title = new QLabel(entries[from].group, m_groups);
    title->setFont(app::font(app::Type::CaptionStrong));
    app::setRole(title, "text2");
    title->setContentsMargins(0, 8, 0, 0);
    column->addWidget(title);
    auto *grid = new QGridLayout;
    grid->setSpacing(4);
    for (int each = 0; each < columns; ++each)
        grid->setColumnStretch(each, 1);
    for (std::size_t i = from; i < to; ++i) {
        auto *button = new PaletteButton(entries[i], m_groups);
        const int place = static_cast<int>(i - from);
        grid->addWidget(button, place / columns, place % columns);
        connect(button, &QPushButton::clicked, this,
            [this, kind = entries[i].kind] { emit kindChosen(kind); });
    }
    if ((to - from) % columns != 0) // so that a lone one is no wider than the others
        grid->addWidget(new QWidget(m_groups), static_cast<int>(to - from) / columns, 1);
    column->addLayout(grid);
}

void PalettePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange)
        fill();
}

} // namespace designer
