#include "monitor/views/raise_event_dialog.h"

#include "app/widgets/icons.h"
#include "app/widgets/json_editor.h"
#include "app/widgets/theme.h"
#include "engine/model/flow.h"
#include "monitor/engine_feed/feed.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace monitor {

using namespace Qt::StringLiterals;

namespace {

QLabel *fieldLabel(const QString &text, QWidget *field)
{
    auto *label = new QLabel(text);
    label->setFont(app::font(app::Type::Caption));
    label->setProperty("role", u"text2"_s);
    label->setBuddy(field);
    return label;
}

QPlainTextEdit *monoEdit(int lines)
{
    auto *edit = new QPlainTextEdit;
    edit->setFont(app::font(app::Type::Mono));
    edit->setTabChangesFocus(true);
    edit->setMinimumHeight(lines * edit->fontMetrics().lineSpacing() + 16);
    return edit;
}

QLabel *errorLabel()
{
    auto *label = new QLabel;
    label->setProperty("role", u"error"_s);
    label->setFont(app::font(app::Type::Caption));
    label->setWordWrap(true);
    label->hide();
    return label;
}

/// `text` as one word of a shell.
QString quoted(QString text) { return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\''; }

} // namespace

RaiseEventDialog::RaiseEventDialog(Feed &feed, const RaiseTarget &target, QWidget *parent)
    : QDialog(parent)
    , m_feed(feed)
    , m_instance(target.instance)
    , m_restUrl(target.restUrl)
{
    setWindowTitle(tr("Raise an event"));
    setAttribute(Qt::WA_DeleteOnClose);
    build(target);
    fillEvents(target);
    fillWithExample();
    check();
}

void RaiseEventDialog::build(const RaiseTarget &target)
{
    setMinimumWidth(440);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    auto *title = new QLabel(tr("Raise an event"));
    title->setFont(app::font(app::Type::Heading));
    //: Under the title of the dialog: instance, flow and version.
    auto *where =
        new QLabel(tr("to %1, %2").arg(QString::fromStdString(target.instance.value), target.flow));
    where->setProperty("role", u"text2"_s);
    auto *head = new QVBoxLayout;
    head->setSpacing(2);
    head->addWidget(title);
    head->addWidget(where);
    layout->addLayout(head);
    layout->addWidget(makeFields(target));
    if (!m_restUrl.isEmpty())
        layout->addWidget(makeTerminal());
    m_error = errorLabel();
    layout->addWidget(m_error);
    layout->addWidget(makeButtons());
}

QWidget *RaiseEventDialog::makeFields(const RaiseTarget &)
{
    auto *fields = new QWidget;
    auto *layout = new QVBoxLayout(fields);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_event = new QComboBox;
    m_event->setEditable(true);
    m_event->setInsertPolicy(QComboBox::NoInsert);
    layout->addWidget(fieldLabel(tr("&Event"), m_event));
    layout->addWidget(m_event);
    layout->addSpacing(8);
    m_payload = new app::JsonEditor;
    m_payload->edit()->setTabChangesFocus(true);
    m_payload->setMinimumHeight(120);
    auto *line = new QHBoxLayout;
    line->addWidget(fieldLabel(tr("&Payload, as JSON"), m_payload->edit()));
    line->addStretch(1);
    m_example = new QPushButton(tr("Fill with the example"));
    m_example->setProperty("role", u"link"_s);
    m_example->setAutoDefault(false);
    line->addWidget(m_example);
    layout->addLayout(line);
    layout->addWidget(m_payload, 1);
    layout->addSpacing(8);
    m_eventId = new QLineEdit;
    m_eventId->setPlaceholderText(tr("none"));
    layout->addWidget(fieldLabel(tr("Event &id · twice has no effect"), m_eventId));
    layout->addWidget(m_eventId);
    connect(m_event, &QComboBox::currentTextChanged, this, &RaiseEventDialog::check);
    connect(m_event, &QComboBox::activated, this, &RaiseEventDialog::fillWithExample);
    connect(m_example, &QPushButton::clicked, this, &RaiseEventDialog::fillWithExample);
    connect(m_payload, &app::JsonEditor::edited, this, &RaiseEventDialog::check);
    connect(m_eventId, &QLineEdit::textChanged, this, &RaiseEventDialog::showTerminal);
    return fields;
}

QWidget *RaiseEventDialog::makeTerminal()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_terminal = monoEdit(7);
    m_terminal->setReadOnly(true);
    m_terminal->setProperty("role", u"code"_s);
    auto *copy = new QPushButton(tr("Copy"));
    copy->setProperty("role", u"link"_s);
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_terminal->toPlainText()); });
    auto *line = new QHBoxLayout;
    line->addWidget(fieldLabel(tr("The same from a terminal"), m_terminal));
    line->addStretch(1);
    line->addWidget(copy);
    layout->addLayout(line);
    layout->addWidget(m_terminal);
    return part;
}

QWidget *RaiseEventDialog::makeButtons()
{
    auto *buttons = new QWidget;
    auto *layout = new QHBoxLayout(buttons);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(8);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    m_raise = new QPushButton(tr("Raise"));
    m_raise->setObjectName(u"raise"_s);
    m_raise->setProperty("role", u"primary"_s);
    m_raise->setDefault(true);
    layout->addStretch(1);
    layout->addWidget(cancel);
    layout->addWidget(m_raise);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_raise, &QPushButton::clicked, this, &RaiseEventDialog::send);
    return buttons;
}

void RaiseEventDialog::fillEvents(const RaiseTarget &target)
{
    const auto add = [this](const std::string &name, const QString &hint) {
        const auto text = QString::fromStdString(name);
        if (m_event->findText(text) >= 0)
            return;
        m_event->addItem(app::icon(u"wait"_s, app::Color::KindWait), text);
        m_event->setItemData(m_event->count() - 1, hint, Qt::ToolTipRole);
    };
    for (const auto &name : target.waitedFor)
        add(name, tr("it waits for this"));
    if (!target.declared)
        return;
    for (const auto &event : target.declared->events) {
        add(event.name, QString::fromStdString(event.description));
        if (event.example)
            m_examples.emplace_back(QString::fromStdString(event.name),
                QString::fromStdString(event.example->tree().dump(2)));
    }
}

QString RaiseEventDialog::eventName() const { return m_event->currentText().trimmed(); }

void RaiseEventDialog::fillWithExample()
{
    const auto example =
        std::ranges::find(m_examples, eventName(), &std::pair<QString, QString>::first);
    if (example != m_examples.end())
        m_payload->setText(example->second);
}

void RaiseEventDialog::check()
{
    m_example->setVisible(std::ranges::any_of(
        m_examples, [this](const auto &example) { return example.first == eventName(); }));
    m_raise->setEnabled(m_payload->value() && !eventName().isEmpty());
    showTerminal();
}

void RaiseEventDialog::showTerminal()
{
    if (!m_terminal)
        return;
    const auto encoded = [](const QString &part) {
        return QString::fromLatin1(QUrl::toPercentEncoding(part));
    };
    QStringList lines{u"curl -X POST"_s,
        u"  %1/api/v1/instances/%2/events/%3"_s.arg(
            m_restUrl, encoded(QString::fromStdString(m_instance.value)), encoded(eventName())),
        u"  -H \"Authorization: Bearer $SIGNALBOX_KEY\""_s};
    if (!m_eventId->text().isEmpty())
        lines += u"  -H "_s + quoted(u"Idempotency-Key: "_s + m_eventId->text());
    if (const auto payload = m_payload->text().trimmed(); !payload.isEmpty()) {
        lines += u"  -H 'Content-Type: application/json'"_s;
        lines += u"  -d "_s + quoted(payload);
    }
    m_terminal->setPlainText(lines.join(u" \\\n"_s));
}

void RaiseEventDialog::send()
{
    const auto payload = m_payload->value();
    if (!payload)
        return;
    engine::RaiseRequest request{.instance = m_instance,
        .name = eventName().toStdString(),
        .payload = *payload,
        .source = {.via = "window"}};
    if (!m_eventId->text().isEmpty())
        request.eventId = m_eventId->text().toStdString();
    m_raise->setEnabled(false);
    m_feed.raise(std::move(request), this, [this](engine::Result<engine::Acceptance> accepted) {
        m_raise->setEnabled(true);
        if (!accepted) {
            showError(QString::fromStdString(accepted.error().message));
            return;
        }
        Q_EMIT raised(m_instance, eventName());
        accept();
    });
}

void RaiseEventDialog::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->show();
}

} // namespace monitor
