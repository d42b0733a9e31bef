#include "app/widgets/json_editor.h"

#include "app/widgets/json_highlighter.h"
#include "app/widgets/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace app {

JsonEditor::JsonEditor(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_highlighter(new JsonHighlighter(m_edit->document()))
    , m_sentence(new QLabel(this))
    , m_value(engine::JsonText())
{
    m_edit->setFont(app::font(Type::Mono));
    m_edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_edit->setTabChangesFocus(true);
    m_sentence->setFont(app::font(Type::Caption));
    m_sentence->setWordWrap(true);
    setRole(m_sentence, "error");
    m_sentence->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_edit);
    column->addWidget(m_sentence);
    setFocusProxy(m_edit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &JsonEditor::check);
}

std::optional<engine::JsonText> JsonEditor::value() const { return m_value; }

void JsonEditor::setText(const QString &text) { m_edit->setPlainText(text); }

QString JsonEditor::text() const { return m_edit->toPlainText(); }

void JsonEditor::setError(const QString &error)
{
    setWrong(m_edit, !error.isEmpty());
    m_sentence->setText(error);
    m_sentence->setVisible(!error.isEmpty());
}

QString JsonEditor::error() const { return m_sentence->text(); }

void JsonEditor::check()
{
    const std::string written = m_edit->toPlainText().trimmed().toStdString();
    const engine::Result<engine::JsonText> parsed =
        written.empty() ? engine::JsonText() : engine::JsonText::parse(written);
    m_value = parsed ? std::optional(*parsed) : std::nullopt;
    //: Below a JSON text that is wrong. %1 is what the parser says, with line and column.
    setError(parsed ? QString()
                    : tr("Not JSON yet: %1").arg(QString::fromStdString(parsed.error().message)));
    emit edited();
}

void JsonEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

} // namespace app
