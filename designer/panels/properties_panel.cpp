#include "designer/panels/properties_panel.h"

#include "designer/canvas/step_kind.h"
#include "designer/document/flow_document.h"
#include "designer/panels/inspector_pages.h"
#include "designer/panels/kind_tile.h"
#include "designer/panels/several_page.h"

#include <QApplication>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace designer {
namespace {

constexpr int padding = 12;

QString kindInWords(const engine::Step &step)
{
    const auto *activity = std::get_if<engine::ActivityStep>(&step.body);
    const QString kind = QString::fromStdString(std::string(engine::kindName(step.body)));
    return activity ? kind + u' ' + QString::fromStdString(activity->activity) : kind;
}

QString faultInWords(const engine::Error &error)
{
    if (error.code == engine::ErrorCode::AlreadyExists)
        return PropertiesPanel::tr("Another step has this id.");
    return PropertiesPanel::tr("An id is not empty and has no slash.");
}

void setTextKeepingCursor(QLineEdit *edit, const QString &text)
{
    if (edit->text() != text)
        edit->setText(text);
}

} // namespace

PropertiesPanel::PropertiesPanel(FlowDocument &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_now([] { return engine::SystemClock().now(); })
    , m_tile(new KindTile(this))
    , m_name(new QLineEdit(this))
    , m_id(new QLineEdit(this))
    , m_kind(new QLabel(this))
    , m_fault(new QLabel(this))
    , m_scroll(new QScrollArea(this))
{
    app::setSurface(this, "panel");
    makeHeader();
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout()->addWidget(m_scroll);
    connect(&m_document, &FlowDocument::changed, this, [this](const FlowChange &change) {
        const auto *renamed = std::get_if<StepRenamed>(&change);
        if (renamed && renamed->from == m_step) {
            m_step = renamed->to;
            m_shape.clear(); // the rows of the form know the old id
        }
    });
    connect(&m_document, &FlowDocument::settled, this, &PropertiesPanel::follow);
    rebuild();
}

void PropertiesPanel::makeHeader()
{
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setFont(app::font(app::Type::Heading));
    m_id->setObjectName(QStringLiteral("id"));
    m_id->setAccessibleName(tr("Id"));
    m_id->setFont(app::font(app::Type::Mono));
    for (QLineEdit *edit : {m_name, m_id}) {
        app::setRole(edit, "bare");
        edit->installEventFilter(this);
    }
    m_kind->setFont(app::font(app::Type::Caption));
    m_fault->setFont(app::font(app::Type::Caption));
    app::setRole(m_kind, "text3");
    app::setRole(m_fault, "error");
    auto *under = new QHBoxLayout;
    under->setSpacing(0);
    under->addWidget(m_id);
    under->addWidget(m_kind);
    under->addStretch(1);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addLayout(under);
    names->addWidget(m_fault);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(padding, padding, padding, 4);
    head->setSpacing(padding);
    head->addWidget(m_tile, 0, Qt::AlignTop);
    head->addLayout(names, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    connect(m_id, &QLineEdit::textChanged, this, &PropertiesPanel::fitId);
    connect(m_name, &QLineEdit::textEdited, this, &PropertiesPanel::writeName);
    connect(m_name, &QLineEdit::editingFinished, this, [this] { m_document.finishGesture(); });
    connect(m_id, &QLineEdit::editingFinished, this, &PropertiesPanel::writeId);
}

void PropertiesPanel::showFlow()
{
    if (m_step.empty() && m_several.empty())
        return;
    m_step = {};
    m_several.clear();
    rebuild();
}

void PropertiesPanel::showStep(const engine::StepId &step)
{
    if (m_step == step && m_several.empty())
        return;
    m_step = step;
    m_several.clear();
    rebuild();
}

void PropertiesPanel::showSeveral(std::vector<engine::StepId> steps)
{
    if (m_several == steps)
        return;
    m_step = {};
    m_several = std::move(steps);
    rebuild();
}

void PropertiesPanel::setProblems(std::vector<engine::Problem> problems)
{
    m_problems = std::move(problems);
    if (m_form)
        m_form->setProblems(m_problems);
}

void PropertiesPanel::setClock(std::function<engine::Instant()> now)
{
    m_now = std::move(now);
    rebuild();
}

std::string PropertiesPanel::shape() const
{
    if (!m_several.empty())
        return "several" + severalShape(m_document.flow(), m_several);
    const engine::Step *step = engine::findStep(m_document.flow(), m_step);
    return step ? pageShape(*step) : "flow|" + pageShape(m_document.flow());
}

void PropertiesPanel::follow()
{
    const auto isGone = [this](const engine::StepId &id) {
        return !engine::findStep(m_document.flow(), id);
    };
    if (!m_step.empty() && isGone(m_step))
        m_step = {};
    if (std::erase_if(m_several, isGone) > 0 && m_several.size() == 1)
        m_step = std::exchange(m_several, {}).front();
    if (m_shape != shape()) {
        rebuild();
        return;
    }
    refreshHeader();
    if (m_form)
        m_form->refresh();
}

void PropertiesPanel::rebuild()
{
    const QWidget *focused = m_form && m_form->isAncestorOf(QApplication::focusWidget())
                                 ? QApplication::focusWidget()
                                 : nullptr;
    const QString focusedName = focused ? focused->objectName() : QString();
    m_document.finishGesture();
    if (m_form) { // perhaps one of its fields is what called us
        m_scroll->takeWidget();
        m_form->hide();
        m_form->deleteLater();
    }
    const engine::Step *step = engine::findStep(m_document.flow(), m_step);
    m_form =
        new InspectorForm(m_document, step ? "/steps/" + m_step.value : std::string(), nullptr);
    if (step)
        buildStepPage(*m_form, StepScope(m_document, m_step, [this] { return m_now(); }));
    else if (m_several.empty())
        buildFlowPage(*m_form, m_document);
    else
        buildSeveralPage(*m_form, m_document, m_several, [this] { return m_now(); });
    m_form->setObjectName(QStringLiteral("form"));
    m_form->setProblems(m_problems);
    m_scroll->setWidget(m_form);
    m_shape = shape();
    refreshHeader();
    if (auto *again = focusedName.isEmpty() ? nullptr : m_form->findChild<QWidget *>(focusedName))
        again->setFocus();
}

void PropertiesPanel::refreshHeader()
{
    const engine::Step *step = engine::findStep(m_document.flow(), m_step);
    m_id->setVisible(step != nullptr);
    m_name->setReadOnly(!m_several.empty());
    m_fault->hide();
    if (!m_several.empty()) {
        m_tile->show(QStringLiteral("layout"), app::Color::Text2);
        m_name->setText(tr("%n step(s)", nullptr, static_cast<int>(m_several.size())));
        m_kind->setText(tr("selected"));
        return;
    }
    if (!step) {
        m_tile->show(QStringLiteral("flows"), app::Color::Accent);
        setTextKeepingCursor(m_name, QString::fromStdString(m_document.flow().name.value));
        m_kind->setText(tr("flow"));
        return;
    }
    const KindLook &look = lookOf(stepKind(step->body));
    m_tile->show(QString::fromLatin1(look.icon), look.color);
    m_name->setPlaceholderText(
        QString::fromStdString(engine::displayName({.id = step->id, .body = {}})));
    const bool typing = m_name->hasFocus();
    const std::string shown = typing ? step->name : engine::displayName(*step);
    setTextKeepingCursor(m_name, QString::fromStdString(shown));
    setTextKeepingCursor(m_id, QString::fromStdString(step->id.value));
    m_kind->setText(QStringLiteral("· ") + kindInWords(*step));
}

void PropertiesPanel::writeName(const QString &name)
{
    if (engine::findStep(m_document.flow(), m_step)) {
        m_document.setName(m_step, name.toStdString());
        return;
    }
    FlowProperties properties = propertiesOf(m_document.flow());
    properties.name = {name.toStdString()};
    //: Undo text. %1 is the name of a flow.
    m_document.changeProperties(std::move(properties), {tr("Name the flow %1").arg(name), "name"});
}

/// The id is as wide as its text, so that the kind stands behind it.
void PropertiesPanel::fitId()
{
    constexpr int cursorRoom = 12;
    constexpr int widest = 170;
    const int width = m_id->fontMetrics().horizontalAdvance(m_id->text()) + cursorRoom;
    m_id->setFixedWidth(std::min(width, widest));
}

void PropertiesPanel::writeId()
{
    if (m_step.empty() || m_id->text().toStdString() == m_step.value)
        return;
    const auto renamed = m_document.renameStep(m_step, {m_id->text().toStdString()});
    if (renamed)
        return;
    m_fault->setText(faultInWords(renamed.error()));
    m_fault->show();
}

void PropertiesPanel::focusName()
{
    m_name->setFocus(Qt::ShortcutFocusReason);
    m_name->selectAll();
}

void PropertiesPanel::focusFirstField()
{
    const auto fields = m_form->findChildren<QWidget *>();
    for (QWidget *field : fields) {
        if (field->focusPolicy() & Qt::TabFocus && field->isEnabled()) {
            field->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
    focusName();
}

bool PropertiesPanel::eventFilter(QObject *watched, QEvent *event)
{
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (key && m_form->handleUndoKey(event))
        return true;
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        m_document.finishGesture();
    return QWidget::eventFilter(watched, event);
}

} // namespace designer
