#include "app/window/status_line.h"

#include "app/widgets/theme.h"

#include <QLabel>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace app {
namespace {

constexpr auto sentenceStays = 8s;

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent)
    , m_forget(new QTimer(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 8, 0);
    m_dot = addLabel();
    m_engine = addLabel();
    m_address = addLabel();
    m_live = addLabel();
    m_said = addLabel();
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_said->setObjectName(u"said"_s);
    m_flow = new QLabel(this);
    m_flow->setFont(app::font(Type::Caption));
    setRole(m_flow, "text2");
    addPermanentWidget(m_flow);
    m_forget->setSingleShot(true);
    m_forget->setInterval(sentenceStays);
    connect(m_forget, &QTimer::timeout, this, [this] { m_said->clear(); });
    setEngine(Engine::Starting);
}

QLabel *StatusLine::addLabel()
{
    auto *label = new QLabel(this);
    label->setFont(app::font(Type::Caption));
    label->setContentsMargins(0, 0, 8, 0);
    setRole(label, "text2");
    addWidget(label);
    return label;
}

void StatusLine::setEngine(Engine engine)
{
    struct Row {
        QString text;
        const char *role;
    };
    const Row row = engine == Engine::Starting  ? Row{tr("Engine starting…"), "text3"}
                    : engine == Engine::Running ? Row{tr("Engine running"), "good"}
                                                : Row{tr("Engine stopped"), "error"};
    m_dot->setText(u"●"_s);
    setRole(m_dot, row.role);
    m_engine->setText(row.text);
}

void StatusLine::setAddress(const QString &address) { m_address->setText(address); }

void StatusLine::setLive(qint64 live)
{
    //: Status bar. %n is the number of instances that have not finished.
    m_live->setText(tr("%n live", nullptr, static_cast<int>(live)));
}

void StatusLine::setFlow(const QString &text) { m_flow->setText(text); }

void StatusLine::say(const QString &sentence)
{
    m_said->setText(sentence);
    m_forget->start();
}

} // namespace app
