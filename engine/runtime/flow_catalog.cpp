#include "engine/runtime/flow_catalog.h"

#include "engine/model/flow_check.h"
#include "engine/model/flow_reader.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

Problem notAllowed(const std::string &demand)
{
    return {.severity = Severity::Warning,
        .id = "not-allowed",
        .text = "The flow asks for '%1', which is not allowed yet: it cannot be started until you "
                "allow it when deploying in the window, or start Signalbox with --allow %2",
        .arguments = {demand, std::string(demandKind(demand))}};
}

/// `["http:example.org"]`
JsonText textOf(const Demands &demands)
{
    std::string text = "[";
    for (const std::string &demand : demands)
        text += (text.size() > 1 ? "," : "") + JsonText::ofString(demand).text();
    return JsonText::trusted(text += ']');
}

} // namespace

FlowCatalog::FlowCatalog(Expressions &expressions, std::set<std::string> allowed)
    : m_expressions(expressions)
    , m_allowed(std::move(allowed))
{}

void FlowCatalog::recover(const Recovered &recovered)
{
    for (const Grant &grant : recovered.grants)
        m_flows[grant.flow].granted.insert(grant.fingerprint);
    for (const StoredFlow &stored : recovered.flows) {
        Lineage &lineage = m_flows[stored.flow];
        lineage.lastVersion = std::max(lineage.lastVersion, stored.version);
        if (stored.text.empty())
            continue; // it was removed
        Version &version = lineage.versions[stored.version];
        version.text = stored.text;
        auto read = readFlow(stored.text);
        if (!read) {
            version.damage = read.error().message;
            continue;
        }
        version.runnable = std::make_unique<RunnableFlow>(std::move(read->flow), stored.version);
        version.runnable->forbid(missing(lineage, version.runnable->demands()));
        noteCorrelation(*version.runnable);
        noteRetention(*version.runnable);
    }
}

void FlowCatalog::noteRetention(const RunnableFlow &flow)
{
    if (flow.retention())
        m_retained.push_back(&flow);
}

Result<Deployed> FlowCatalog::deploy(Deploying order, Turn &turn)
{
    auto read = readFlow(order.text);
    if (!read)
        return read.error();
    Deployed deployed{read->flow.name, 0, checkFlow(*read, m_expressions)};
    if (hasErrors(deployed.problems))
        return deployed;

    Lineage &lineage = m_flows[deployed.flow];
    const Demands demands = demandsOf(read->flow);
    if (order.grant && !demands.empty() && lineage.granted.insert(fingerprint(demands)).second) {
        turn.grants.push_back({deployed.flow, fingerprint(demands), order.now});
        turn.audit.push_back({.at = order.now,
            .source = order.source,
            .operation = "grant",
            .flow = deployed.flow,
            .after = textOf(demands)});
    }
    deployed.version = !lineage.versions.empty() && lineage.versions.rbegin()->second.text == order.text
                           ? lineage.versions.rbegin()->first
                           : store(lineage, std::move(read->flow), std::move(order), turn);
    forbidWhatIsMissing(lineage);
    for (const std::string &demand : missing(lineage, demands))
        deployed.problems.push_back(notAllowed(demand));
    return deployed;
}

int FlowCatalog::store(Lineage &lineage, Flow flow, Deploying order, Turn &turn)
{
    const int number = ++lineage.lastVersion;
    turn.flows.push_back({flow.name, number, order.now, order.text});
    turn.audit.push_back({.at = order.now,
        .source = std::move(order.source),
        .operation = "deploy",
        .flow = flow.name,
        .about = "version/" + std::to_string(number),
        .after = JsonText::trusted("{\"version\":" + std::to_string(number) + "}")});
    lineage.versions[number].text = std::move(order.text);
    lineage.versions[number].runnable = std::make_unique<RunnableFlow>(std::move(flow), number);
    noteCorrelation(*lineage.versions[number].runnable);
    noteRetention(*lineage.versions[number].runnable);
    return number;
}

void FlowCatalog::forbidWhatIsMissing(Lineage &lineage)
{
    for (auto &[number, version] : lineage.versions) {
        if (version.runnable)
            version.runnable->forbid(missing(lineage, version.runnable->demands()));
    }
}

Result<void> FlowCatalog::allow(const SetGrant &order, Instant now, Turn &turn)
{
    const auto found =
        find(order.flow, order.version == 0 ? std::nullopt : std::optional(order.version));
    if (!found)
        return found.error();
    const Demands &demands = (*found)->demands();
    Lineage &lineage = m_flows.at(order.flow);
    if (demands.empty() || !lineage.granted.insert(fingerprint(demands)).second)
        return {};
    turn.grants.push_back({order.flow, fingerprint(demands), now});
    turn.audit.push_back({.at = now,
        .source = order.source,
        .operation = "grant",
        .flow = order.flow,
        .about = "version/" + std::to_string((*found)->version()),
        .after = textOf(demands),
        .reason = order.reason});
    forbidWhatIsMissing(lineage);
    return {};
}

Result<void> FlowCatalog::revoke(const SetGrant &order, Instant now, Turn &turn)
{
    const auto lineage = m_flows.find(order.flow);
    if (lineage == m_flows.end() || lineage->second.granted.empty())
        return Error{ErrorCode::NotFound, "flow '" + order.flow.value + "' was granted nothing", {}};
    lineage->second.granted.clear();
    // What this turn granted before is not on disk yet.
    std::erase_if(turn.grants, [&](const Grant &grant) { return grant.flow == order.flow; });
    turn.grantsGone.push_back(order.flow);
    turn.audit.push_back({.at = now,
        .source = order.source,
        .operation = "revokeGrant",
        .flow = order.flow,
        .reason = order.reason});
    forbidWhatIsMissing(lineage->second);
    return {};
}

Result<void> FlowCatalog::remove(const RemoveFlowVersion &order, Instant now, Turn &turn)
{
    const auto lineage = m_flows.find(order.flow);
    const auto none = Error{ErrorCode::NotFound,
        "flow '" + order.flow.value + "' has no version " + std::to_string(order.version), {}};
    if (lineage == m_flows.end())
        return none;
    auto &versions = lineage->second.versions;
    const auto version = versions.find(order.version);
    if (version == versions.end())
        return none;
    if (const RunnableFlow *gone = version->second.runnable.get()) {
        std::erase(m_retained, gone);
        for (auto &[name, flows] : m_correlating)
            std::erase(flows, gone);
        m_removed.push_back(std::move(version->second.runnable));
    }
    versions.erase(version);
    turn.flowsGone.push_back({order.flow, order.version});
    turn.audit.push_back({.at = now,
        .source = order.source,
        .operation = "removeVersion",
        .flow = order.flow,
        .about = "version/" + std::to_string(order.version),
        .reason = order.reason});
    return {};
}

void FlowCatalog::noteCorrelation(const RunnableFlow &flow)
{
    for (const std::string &name : flow.correlatedNames())
        m_correlating[name].push_back(&flow);
}

std::vector<CorrelatingFlow> FlowCatalog::correlating(const std::string &foldedName) const
{
    std::vector<CorrelatingFlow> all;
    const auto found = m_correlating.find(foldedName);
    if (found == m_correlating.end())
        return all;
    for (const RunnableFlow *flow : found->second) {
        const auto &versions = m_flows.at(flow->flow().name).versions;
        all.push_back(
            {flow, flow->correlated(foldedName), versions.rbegin()->first == flow->version()});
    }
    return all;
}

Result<const RunnableFlow *> FlowCatalog::find(const FlowId &flow, std::optional<int> version) const
{
    const auto lineage = m_flows.find(flow);
    if (lineage == m_flows.end() || lineage->second.versions.empty())
        return Error{
            ErrorCode::NotFound, "there is no flow '" + flow.value + "'; deploy it first", {}};
    const auto &versions = lineage->second.versions;
    const auto found = version ? versions.find(*version) : std::prev(versions.end());
    if (found == versions.end()) {
        return Error{ErrorCode::NotFound,
            "flow '" + flow.value + "' has no version " + std::to_string(*version) +
                "; the newest is " + std::to_string(versions.rbegin()->first),
            {}};
    }
    if (!found->second.runnable) {
        return Error{ErrorCode::Damaged,
            "flow '" + flow.value + "' version " + std::to_string(found->first) +
                " cannot be read any more: " + found->second.damage,
            {}};
    }
    return found->second.runnable.get();
}

Demands FlowCatalog::missing(const Lineage &lineage, const Demands &demands) const
{
    if (m_allowed.contains("all") || lineage.granted.contains(fingerprint(demands)))
        return {};
    Demands missing;
    std::ranges::copy_if(
        demands, std::inserter(missing, missing.end()), [this](const std::string &demand) {
            return !m_allowed.contains(std::string(demandKind(demand)));
        });
    return missing;
}

} // namespace engine
