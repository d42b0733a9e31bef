#include "designer/canvas_bar.h"

#include "app/widgets/elided_label.h"
#include "app/widgets/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace designer {
namespace {

constexpr int barHeight = 40;

} // namespace

CanvasBar::CanvasBar(QWidget *parent)
    : QWidget(parent)
    , m_name(new app::ElidedLabel(app::Type::BodyStrong, app::Color::Text, this))
    , m_draft(new app::ElidedLabel(app::Type::Small, app::Color::Text2, this))
    , m_undo(new QToolButton(this))
    , m_redo(new QToolButton(this))
    , m_deploy(new QPushButton(this))
    , m_run(new QPushButton(tr("Run…"), this))
{
    app::setSurface(this, "panel");
    setFixedHeight(barHeight);
    m_undo->setObjectName(QStringLiteral("bar.undo"));
    m_redo->setObjectName(QStringLiteral("bar.redo"));
    m_deploy->setObjectName(QStringLiteral("bar.deploy"));
    m_run->setObjectName(QStringLiteral("bar.run"));
    m_run->setToolTip(tr("Deploy what has changed and start an instance"));
    app::setRole(m_run, "primary");
    // In a narrow bar the words shrink, not what can be pressed, and first those that say less.
    m_draft->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    for (QPushButton *button : {m_deploy, m_run})
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(m_name);
    row->addWidget(m_draft, 1);
    for (QWidget *widget : {static_cast<QWidget *>(m_undo), static_cast<QWidget *>(m_redo),
             static_cast<QWidget *>(m_deploy), static_cast<QWidget *>(m_run)})
        row->addWidget(widget);
    connect(m_undo, &QToolButton::clicked, this, &CanvasBar::undoAsked);
    connect(m_redo, &QToolButton::clicked, this, &CanvasBar::redoAsked);
    connect(m_deploy, &QPushButton::clicked, this, &CanvasBar::deployAsked);
    connect(m_run, &QPushButton::clicked, this, &CanvasBar::runAsked);
    setIcons();
    showDraft(0, 0);
    showUndo({}, false, {}, false);
}

void CanvasBar::setIcons()
{
    m_undo->setIcon(app::icon(QStringLiteral("undo")));
    m_redo->setIcon(app::icon(QStringLiteral("redo")));
    m_run->setIcon(app::icon(QStringLiteral("play"), app::Color::OnAccent));
}

void CanvasBar::showFlow(const QString &name)
{
    m_name->setText(name.isEmpty() ? tr("Flow without a name") : name);
}

void CanvasBar::showDraft(int deployed, int changes)
{
    const int next = deployed + 1;
    if (deployed == 0)
        m_draft->setText(changes == 0 ? tr("never deployed")
                                      : tr("never deployed · %n change(s)", nullptr, changes));
    else if (changes == 0)
        //: Canvas bar: the draft is what is deployed as version %1.
        m_draft->setText(tr("v%1").arg(deployed));
    else
        //: Canvas bar: %1 is the version to be, %2 the newest one that is deployed.
        m_draft->setText(
            tr("draft of v%1 · %n change(s) since v%2", nullptr, changes).arg(next).arg(deployed));
    //: Button: deploy as version %1.
    m_deploy->setText(changes == 0 && deployed > 0 ? tr("Deploy") : tr("Deploy v%1").arg(next));
}

void CanvasBar::showUndo(
    const QString &undoText, bool canUndo, const QString &redoText, bool canRedo)
{
    m_undo->setEnabled(canUndo);
    m_redo->setEnabled(canRedo);
    //: Tool tip of a button; %1 is what would be undone: "Move Await payment".
    m_undo->setToolTip(canUndo ? tr("Undo: %1").arg(undoText) : tr("Nothing to undo"));
    m_redo->setToolTip(canRedo ? tr("Redo: %1").arg(redoText) : tr("Nothing to redo"));
    m_undo->setAccessibleName(m_undo->toolTip());
    m_redo->setAccessibleName(m_redo->toolTip());
}

void CanvasBar::setDeployEnabled(bool enabled, const QString &why)
{
    m_deploy->setEnabled(enabled);
    m_run->setEnabled(enabled);
    m_deploy->setToolTip(why);
}

void CanvasBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        setIcons();
}

} // namespace designer
