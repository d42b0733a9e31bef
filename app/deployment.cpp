#include "app/deployment.h"

#include "app/dialogs/dialogs.h"
#include "app/engine_room.h"
#include "app/flow_checker.h"
#include "engine/engine.h"
#include "engine/model/demands.h"
#include "engine/model/flow_reader.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

engine::Source fromWindow()
{
    return {.via = "window", .who = qEnvironmentVariable("USER").toStdString()};
}

} // namespace

Deployment::Deployment(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{}

void Deployment::deploy(const std::string &flowText, std::function<void(Deployed)> answered)
{
    if (!m_parts.room.engine())
        return answered({.error = tr("The engine does not run, so nothing was deployed.")});
    send(flowText, false, std::move(answered));
}

void Deployment::send(const std::string &flowText, bool grant, Answer answered)
{
    m_parts.room.engine()
        ->deploy({.text = flowText, .grant = grant, .source = fromWindow()})
        .then(this, [=, this](engine::Result<engine::DeployedFlow> result) {
            if (!result && result.error().code == engine::ErrorCode::NotAllowed && !grant)
                return askGrant(flowText, answered);
            if (!result)
                return answered({.error = QString::fromStdString(result.error().message)});
            if (result->version > 0)
                emit deployed(result->flow, result->version);
            answered({.version = result->version, .problems = result->problems});
        });
}

void Deployment::askGrant(const std::string &flowText, const Answer &answered)
{
    const auto read = engine::readFlow(flowText);
    if (!read)
        return answered({.error = QString::fromStdString(read.error().message)});
    QStringList demands;
    for (const std::string &demand : engine::demandsOf(read->flow))
        demands.append(QString::fromStdString(demand));
    m_parts.dialogs.askGrant(m_parts.window, QString::fromStdString(read->flow.name.value), demands,
        [=, this](bool allowed) {
            if (allowed)
                return send(flowText, true, answered);
            answered({.error = tr("Not deployed: it was not allowed to reach out.")});
        });
}

void Deployment::start(const engine::FlowId &flow) { emit startAsked(flow); }

void Deployment::check(
    const std::string &flowText, std::function<void(std::vector<engine::Problem>)> answered)
{
    m_parts.checker.check(flowText, std::move(answered));
}

} // namespace app
