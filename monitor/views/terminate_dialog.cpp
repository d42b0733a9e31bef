#include "monitor/views/terminate_dialog.h"

#include "app/widgets/theme.h"
#include "monitor/engine_feed/feed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace monitor {

using namespace Qt::StringLiterals;

TerminateDialog::TerminateDialog(Feed &feed, const engine::InstanceId &instance, QWidget *parent)
    : QDialog(parent)
    , m_feed(feed)
    , m_instance(instance)
    , m_reason(new QLineEdit)
    , m_error(new QLabel)
{
    setWindowTitle(tr("Terminate an instance"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(400);
    auto *title = new QLabel(tr("Terminate %1?").arg(QString::fromStdString(instance.value)));
    title->setFont(app::font(app::Type::Heading));
    auto *words = new QLabel(tr("It ends at once and cannot go on. Its history stays."));
    words->setProperty("role", u"text2"_s);
    auto *label = new QLabel(tr("&Reason"));
    label->setFont(app::font(app::Type::Caption));
    label->setBuddy(m_reason);
    m_error->setProperty("role", u"error"_s);
    m_error->setWordWrap(true);
    m_error->hide();
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *terminate = new QPushButton(tr("Terminate"));
    terminate->setProperty("role", u"danger"_s);
    terminate->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(terminate, &QPushButton::clicked, this, &TerminateDialog::send);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(terminate);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(8);
    for (QWidget *part : {static_cast<QWidget *>(title), static_cast<QWidget *>(words),
             static_cast<QWidget *>(label), static_cast<QWidget *>(m_reason),
             static_cast<QWidget *>(m_error)})
        layout->addWidget(part);
    layout->addLayout(buttons);
}

void TerminateDialog::send()
{
    m_feed.terminate({.instance = m_instance,
                         .reason = m_reason->text().toStdString(),
                         .source = {.via = "window"}},
        this, [this](engine::Result<engine::Acceptance> accepted) {
            if (!accepted) {
                m_error->setText(QString::fromStdString(accepted.error().message));
                m_error->show();
                return;
            }
            Q_EMIT terminated();
            accept();
        });
}

} // namespace monitor
