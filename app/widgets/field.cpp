#include "app/widgets/field.h"

#include "app/widgets/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace app {

Field::Field(const QString &label, QWidget *control, QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_control(control)
    , m_sentence(new QLabel(this))
{
    m_label->setFont(app::font(Type::Caption));
    setRole(m_label, "text2");
    m_label->setBuddy(control);
    m_sentence->setFont(app::font(Type::Caption));
    m_sentence->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_label);
    column->addWidget(control);
    column->addWidget(m_sentence);
    setLabel(label);
    showSentence();
}

void Field::setLabel(const QString &label)
{
    m_label->setText(label);
    m_label->setVisible(!label.isEmpty());
    if (!label.isEmpty())
        m_control->setAccessibleName(label);
}

void Field::setHint(const QString &hint)
{
    m_hint = hint;
    showSentence();
}

void Field::setError(const QString &error)
{
    m_error = error;
    showSentence();
}

void Field::showSentence()
{
    const bool wrong = !m_error.isEmpty();
    setWrong(m_control, wrong);
    setRole(m_sentence, wrong ? "error" : "text3");
    m_sentence->setText(wrong ? m_error : m_hint);
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    m_control->setAccessibleDescription(m_sentence->text());
}

} // namespace app
