#include "app/dialogs/question_dialog.h"

#include "app/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <string_view>

namespace app {

QuestionDialog::QuestionDialog(const QString &title, const QString &sentence, QWidget *parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout)
    , m_buttons(new QHBoxLayout)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(title);
    setMinimumWidth(400);
    auto *head = new QLabel(title, this);
    head->setFont(app::font(Type::Heading));
    head->setWordWrap(true);
    auto *text = new QLabel(sentence, this);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(text, "text2");
    m_buttons->setSpacing(8);
    m_buttons->addStretch();
    m_body->setContentsMargins(0, 8, 0, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    column->addWidget(head);
    column->addWidget(text);
    column->addLayout(m_body);
    column->addSpacing(8);
    column->addLayout(m_buttons);
}

void QuestionDialog::addBody(QWidget *body) { m_body->addWidget(body); }

void QuestionDialog::addButton(const QString &text, const char *role, std::function<void()> chosen)
{
    auto *button = new QPushButton(text, this);
    setRole(button, role);
    const bool primary = role == std::string_view("primary");
    button->setDefault(primary);
    button->setAutoDefault(primary);
    m_buttons->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, chosen = std::move(chosen)] {
        done(Accepted);
        chosen();
    });
}

} // namespace app
