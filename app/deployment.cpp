#include "app/deployment.h"

#include "app/dialogs/dialogs.h"
#include "app/engine_room.h"
#include "app/flow_checker.h"
#include "app/system_user.h"
#include "engine/engine.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

engine::Source fromWindow()
{
    return {.via = "window", .who = systemUser()};
}

/// What the flow asks for and is not allowed yet.
QStringList refusedDemands(const std::vector<engine::Problem> &problems)
{
    QStringList demands;
    for (const engine::Problem &problem : problems)
        if (problem.id == "not-allowed" && !problem.arguments.empty())
            demands.append(QString::fromStdString(problem.arguments.front()));
    return demands;
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
            if (!result)
                return answered({.error = QString::fromStdString(result.error().message)});
            if (result->version > 0)
                emit deployed(result->flow, result->version);
            const QStringList demands = refusedDemands(result->problems);
            if (grant || demands.isEmpty())
                return answered({.version = result->version, .problems = result->problems});
            askGrant(flowText, *result, demands, answered);
        });
}

void Deployment::askGrant(const std::string &flowText, const engine::DeployedFlow &without,
    const QStringList &demands, const Answer &answered)
{
    m_parts.dialogs.askGrant(m_parts.window, QString::fromStdString(without.flow.value), demands,
        [=, this](bool allowed) {
            if (allowed)
                return send(flowText, true, answered);
            answered({.version = without.version, .problems = without.problems});
        });
}

void Deployment::start(const engine::FlowId &flow) { emit startAsked(flow); }

void Deployment::check(
    const std::string &flowText, std::function<void(std::vector<engine::Problem>)> answered)
{
    m_parts.checker.check(flowText, std::move(answered));
}

} // namespace app
