#include "designer/panels/inspector_form.h"

#include "app/widgets/field.h"
#include "app/widgets/icons.h"
#include "app/widgets/section_head.h"
#include "app/widgets/segment_control.h"
#include "designer/document/flow_document.h"
#include "designer/panels/aside_edit.h"
#include "designer/panels/problem_text.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace designer {
namespace {

constexpr int padding = 12;
constexpr int between = 8;

} // namespace

InspectorForm::InspectorForm(FlowDocument &document, std::string pointer, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_pointer(std::move(pointer))
    , m_column(new QVBoxLayout(this))
{
    app::setSurface(this, "panel");
    m_column->setContentsMargins(padding, 4, padding, padding);
    m_column->setSpacing(between);
}

void InspectorForm::place(QWidget *widget)
{
    if (m_row)
        m_row->addWidget(widget, 0, Qt::AlignTop);
    else
        m_column->addWidget(widget);
}

void InspectorForm::section(const QString &title, const QString &icon, app::Color ink)
{
    if (m_hasSection) {
        auto *line = new QFrame(this);
        app::setSurface(line, "line");
        line->setFixedHeight(1);
        m_column->addSpacing(4);
        m_column->addWidget(line);
    }
    m_hasSection = true;
    auto *head = new app::SectionHead(title, this);
    if (!icon.isEmpty())
        head->setIcon(icon, ink);
    m_column->addWidget(head);
}

void InspectorForm::row(const std::function<void()> &fill, const std::vector<int> &shares)
{
    auto *holder = new QWidget(this);
    m_row = new QHBoxLayout(holder);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(between);
    fill();
    for (int i = 0; i < static_cast<int>(shares.size()); ++i)
        m_row->setStretch(i, shares[static_cast<std::size_t>(i)]);
    m_row = nullptr;
    m_column->addWidget(holder);
}

void InspectorForm::finish() { m_column->addStretch(1); }

void InspectorForm::widget(QWidget *widget) { place(widget); }

void InspectorForm::sentence(const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setWordWrap(true);
    label->setFont(app::font(app::Type::Caption));
    app::setRole(label, "text3");
    place(label);
}

void InspectorForm::listen(QWidget *control, const std::string &name)
{
    control->setObjectName(QString::fromStdString(name));
    control->installEventFilter(this);
}

InspectorForm::Row &InspectorForm::addField(const Binding &binding, QWidget *control)
{
    auto *field = new app::Field(binding.label, control, this);
    place(field);
    auto row = std::make_unique<Row>();
    row->field = field;
    row->pointers =
        binding.pointers ? binding.pointers : [name = binding.name] { return std::vector{name}; };
    row->read = binding.read;
    row->hint = binding.below ? binding.below : [hint = binding.hint] { return hint; };
    m_rows.push_back(std::move(row));
    return *m_rows.back();
}

void InspectorForm::typed(Row &row, const Binding &binding, const QString &text)
{
    row.isTyping = true; // "3 days" is "3 d": what somebody is typing is not corrected
    row.fault = binding.write(text);
    row.isTyping = false;
    row.shown = binding.read();
    refresh(row);
}

void InspectorForm::text(const Binding &binding)
{
    auto *edit = new AsideEdit(this);
    edit->setPlaceholderText(binding.placeholder);
    if (binding.code)
        edit->setFont(app::font(app::Type::Mono));
    listen(edit, binding.name);
    Row &row = addField(binding, edit);
    row.show = [edit](const QString &text) {
        edit->setText(text);
        edit->setCursorPosition(0); // a long text shows how it begins
    };
    if (binding.aside)
        row.showAside = [edit, aside = binding.aside] { edit->setAside(aside()); };
    connect(edit, &QLineEdit::textEdited, this,
        [this, &row, binding](const QString &text) { typed(row, binding, text); });
    connect(edit, &QLineEdit::editingFinished, this, [this, &row, edit] {
        m_document.finishGesture();
        if (row.fault.isEmpty() && edit->text() != row.read())
            edit->setText(row.read());
    });
}

void InspectorForm::lines(const Binding &binding, int lineCount)
{
    constexpr int lineHeight = 18;
    auto *edit = new QPlainTextEdit(this);
    edit->setPlaceholderText(binding.placeholder);
    edit->setTabChangesFocus(true);
    edit->setFont(app::font(binding.code ? app::Type::Mono : app::Type::Small));
    edit->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // long lines are wrapped
    edit->setFixedHeight(lineCount * lineHeight + between + 4);
    listen(edit, binding.name);
    Row &row = addField(binding, edit);
    row.show = [edit](const QString &text) { edit->setPlainText(text); };
    connect(edit, &QPlainTextEdit::textChanged, this, [this, &row, edit, binding] {
        if (!row.isShowing)
            typed(row, binding, edit->toPlainText());
    });
}

void InspectorForm::combo(
    const Binding &binding, const ComboOptions &options, const std::function<ComboOption()> &shown)
{
    auto *box = new LazyCombo(options, this);
    listen(box, binding.name);
    Row &row = addField(binding, box);
    row.show = [box, shown](const QString &) { box->show(shown()); };
    // The name of a step that it shows may change while its id stays.
    row.showAside = [box, shown] { box->show(shown()); };
    connect(box, &LazyCombo::chosen, this, [this, &row, binding](const QString &value) {
        m_document.finishGesture();
        typed(row, binding, value);
    });
}

void InspectorForm::editableCombo(const Binding &binding, const ComboOptions &options)
{
    auto *box = new LazyCombo(options, this);
    box->setEditable(true);
    box->lineEdit()->setPlaceholderText(binding.placeholder);
    listen(box, binding.name);
    box->lineEdit()->installEventFilter(this);
    Row &row = addField(binding, box);
    row.show = [box](const QString &text) { box->show({text, text, {}, {}}); };
    const auto write = [this, &row, binding](const QString &text) { typed(row, binding, text); };
    connect(box->lineEdit(), &QLineEdit::textEdited, this, write);
    connect(box, &LazyCombo::chosen, this, write);
}

void InspectorForm::segments(const std::string &name, const std::vector<QString> &texts,
    const std::function<int()> &read, const std::function<void(int)> &write)
{
    std::vector<app::Segment> all;
    for (const QString &text : texts)
        all.push_back({text, {}, app::Color::Accent, {}});
    auto *control =
        new app::SegmentControl(std::move(all), app::SegmentControl::Style::Plain, this);
    control->setObjectName(QString::fromStdString(name));
    place(control);
    auto row = std::make_unique<Row>();
    row->read = [read] { return QString::number(read()); };
    row->show = [control, read](const QString &) { control->setCurrent(read()); };
    m_rows.push_back(std::move(row));
    connect(control, &app::SegmentControl::chosen, this, [this, write](int at) {
        m_document.finishGesture();
        write(at);
    });
}

void InspectorForm::link(
    const std::string &name, const QString &text, const std::function<void()> &chosen)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QString::fromStdString(name));
    app::setRole(button, "link");
    button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    place(button);
    connect(button, &QPushButton::clicked, this, chosen);
}

void InspectorForm::cross(
    const std::string &name, const QString &toolTip, const std::function<void()> &chosen)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromStdString(name));
    button->setIcon(app::icon(QStringLiteral("close")));
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    if (m_row)
        m_row->addWidget(button, 0, Qt::AlignBottom);
    else
        m_column->addWidget(button);
    connect(button, &QToolButton::clicked, this, chosen);
}

void InspectorForm::refresh()
{
    for (const auto &row : m_rows)
        refresh(*row);
}

void InspectorForm::refresh(Row &row)
{
    if (!row.isTyping)
        if (const QString now = row.read(); row.shown != now) {
            row.shown = now;
            row.fault.clear();
            row.isShowing = true;
            row.show(now);
            row.isShowing = false;
        }
    if (row.showAside)
        row.showAside();
    showSentence(row);
}

void InspectorForm::showSentence(const Row &row)
{
    if (!row.field)
        return;
    row.field->setHint(row.hint());
    row.field->setError(row.fault.isEmpty() ? row.problem : row.fault);
}

void InspectorForm::setProblems(const std::vector<engine::Problem> &problems)
{
    for (const auto &row : m_rows)
        row->problem.clear();
    for (const engine::Problem &problem : problems)
        if (problem.severity == engine::Severity::Error)
            if (Row *row = rowOf(problem))
                row->problem = problemText(problem);
    for (const auto &row : m_rows)
        showSentence(*row);
}

/// The row that a problem is about: its own, or of those inside of what it is about the one that
/// its sentence names, else the first. nullptr: none.
InspectorForm::Row *InspectorForm::rowOf(const engine::Problem &problem) const
{
    const std::string inside = problem.pointer + '/';
    if (problem.pointer == m_pointer || problem.pointer.empty())
        return nullptr;
    const std::string sentence = engine::message(problem);
    Row *best = nullptr;
    bool isNamed = false;
    for (const auto &row : m_rows) {
        if (!row->field)
            continue;
        for (const std::string &below : row->pointers()) {
            const std::string pointer = m_pointer + '/' + below;
            if (pointer == problem.pointer)
                return row.get();
            if (!pointer.starts_with(inside))
                continue;
            const std::string name = "'" + pointer.substr(inside.size()) + "'";
            const bool named = sentence.find(name) != std::string::npos;
            if (!best || (named && !isNamed)) {
                best = row.get();
                isNamed = named;
            }
        }
    }
    return best;
}

bool InspectorForm::handleUndoKey(QEvent *event)
{
    auto *key = static_cast<QKeyEvent *>(event);
    const bool undo = key->matches(QKeySequence::Undo);
    if (!undo && !key->matches(QKeySequence::Redo))
        return false;
    if (event->type() == QEvent::ShortcutOverride) {
        event->ignore(); // the window's action takes it; an input's own undo knows less than ours
        return true;
    }
    m_document.finishGesture();
    if (undo)
        m_document.undoStack().undo();
    else
        m_document.undoStack().redo();
    return true;
}

bool InspectorForm::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress: return handleUndoKey(event);
    case QEvent::FocusIn:
    case QEvent::FocusOut: m_document.finishGesture(); break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace designer
