#include "app/dialogs/start_dialog.h"

#include "app/widgets/field.h"
#include "app/widgets/json_editor.h"
#include "app/widgets/json_view.h"
#include "app/widgets/schema_example.h"
#include "app/widgets/theme.h"
#include "engine/model/schema/schema.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

using namespace Qt::StringLiterals;

namespace app {
StartDialog::StartDialog(const engine::Flow &flow, int version, Start start, QWidget *parent)
    : QDialog(parent)
    , m_start(std::move(start))
    , m_schema(flow.input)
    , m_id(new QLineEdit(this))
    , m_input(new JsonEditor(this))
    , m_refusal(new QLabel(this))
    , m_send(new QPushButton(tr("Start"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Start an instance"));
    setObjectName(u"startDialog"_s);
    m_send->setObjectName(u"start"_s);
    m_id->setObjectName(u"instanceId"_s);
    m_input->edit()->setObjectName(u"input"_s);
    build(QString::fromStdString(flow.name.value), version);
    fillWithExample();
    connect(m_input, &JsonEditor::edited, this, &StartDialog::check);
    connect(m_send, &QPushButton::clicked, this, &StartDialog::send);
    check();
    m_input->setFocus();
}

void StartDialog::build(const QString &flow, int version)
{
    setMinimumWidth(440);
    auto *title = new QLabel(tr("Start an instance"), this);
    title->setFont(app::font(Type::Heading));
    //: Under the title: flow and version.
    auto *where = new QLabel(tr("of %1 v%2").arg(flow).arg(version), this);
    setRole(where, "text2");
    auto *id = new Field(tr("Instance id"), m_id, this);
    id->setHint(tr("Empty: one is made."));
    auto *inputHead = new QHBoxLayout;
    auto *inputLabel = new QLabel(tr("Input, as JSON"), this);
    inputLabel->setFont(app::font(Type::Caption));
    setRole(inputLabel, "text2");
    auto *example = new QPushButton(tr("Fill with the example"), this);
    setRole(example, "link");
    example->setAutoDefault(false);
    connect(example, &QPushButton::clicked, this, &StartDialog::fillWithExample);
    inputHead->addWidget(inputLabel);
    inputHead->addStretch();
    inputHead->addWidget(example);
    m_input->edit()->setAccessibleName(inputLabel->text());
    m_input->edit()->setMinimumHeight(160);
    setRole(m_refusal, "error");
    m_refusal->setFont(app::font(Type::Caption));
    m_refusal->setWordWrap(true);
    m_refusal->hide();
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    setRole(m_send, "primary");
    m_send->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_send);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(4);
    column->addWidget(title);
    column->addWidget(where);
    column->addSpacing(12);
    column->addWidget(id);
    column->addSpacing(8);
    column->addLayout(inputHead);
    column->addWidget(m_input, 1);
    column->addWidget(m_refusal);
    column->addSpacing(12);
    column->addLayout(buttons);
}

void StartDialog::fillWithExample()
{
    m_input->setText(indentedJson(m_schema ? exampleOf(*m_schema).text() : std::string("{}")));
}

void StartDialog::check()
{
    const auto value = m_input->value();
    m_send->setEnabled(value.has_value());
    m_refusal->hide();
    if (!value || !m_schema)
        return;
    const auto faults = engine::validate(*m_schema, *value);
    if (faults.empty())
        return;
    const QString place = QString::fromStdString(faults.front().pointer);
    const QString fault = QString::fromStdString(faults.front().message);
    //: Below a JSON text. %1 is a place in it, %2 what is wrong there.
    m_input->setError(place.isEmpty() ? fault : tr("%1: %2").arg(place, fault));
    m_send->setEnabled(false);
}

void StartDialog::send()
{
    const auto value = m_input->value();
    if (!value)
        return;
    m_send->setEnabled(false);
    m_refusal->hide();
    m_start({{m_id->text().trimmed().toStdString()}, *value},
        [alive = QPointer<StartDialog>(this)](const QString &refusal) {
            if (!alive)
                return;
            if (refusal.isEmpty())
                return alive->accept();
            alive->m_refusal->setText(refusal);
            alive->m_refusal->show();
            alive->m_send->setEnabled(true);
        });
}

} // namespace app
