#include "engine/engine_door.h"
#include "engine/instance_batch.h"
#include "engine/instance_search.h"
#include "engine/model/demands.h"
#include "engine/model/flow_reader.h"
#include "engine/reader_questions.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

// The door's questions that are answered from more than one row.

namespace engine {
namespace {

/// Cuts a list down to what comes behind `after`, and says where the next page begins behind.
template<typename Item>
Sequence cut(std::vector<Item> &items, Sequence after, int limit)
{
    std::erase_if(items, [after](const Item &item) { return item.sequence <= after; });
    const auto size = static_cast<std::size_t>(std::clamp(limit, 1, longestPage));
    if (items.size() <= size)
        return 0;
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(size), items.end());
    return items.back().sequence;
}

Result<Timeline> timelineFor(Reader &reader, const TimelineRequest &request)
{
    auto summary = knownInstance(reader, request.instance);
    if (!summary)
        return summary.error();
    const auto events = wholeHistory(reader, summary->run);
    if (!events)
        return events.error();
    Timeline timeline{*std::move(summary), timelineOf(*events), 0};
    timeline.next = cut(timeline.visits, request.after, request.limit);
    return timeline;
}

Result<InstanceVariables> variablesFor(Reader &reader, const InstanceId &instance)
{
    auto summary = knownInstance(reader, instance);
    if (!summary)
        return summary.error();
    const auto events = wholeHistory(reader, summary->run);
    if (!events)
        return events.error();
    auto variables = variablesAfter(*events);
    if (!variables)
        return variables.error();
    return InstanceVariables{*std::move(summary), *std::move(variables)};
}

/// One that has that id and is not the child is somebody else's.
Result<void> addSummary(Reader &reader, const InstanceId &parent, ChildInstance &child)
{
    auto found = reader.find(child.instance);
    if (!found)
        return found.error();
    if (*found && (*found)->parent == parent)
        child.now = *std::move(found);
    return {};
}

Result<ChildPage> childrenFor(Reader &reader, const ChildrenRequest &request)
{
    const auto summary = knownInstance(reader, request.instance);
    if (!summary)
        return summary.error();
    const auto events = wholeHistory(reader, summary->run);
    if (!events)
        return events.error();
    ChildPage page;
    for (const HistoryEvent &event : *events) {
        if (const auto *begun = std::get_if<SubFlowScheduled>(&event.fact))
            page.children.push_back({event.sequence, begun->branch, begun->step, begun->instance,
                begun->flow, begun->detached, {}});
    }
    page.next = cut(page.children, request.after, request.limit);
    for (ChildInstance &child : page.children) {
        if (auto added = addSummary(reader, request.instance, child); !added)
            return added.error();
    }
    return page;
}

Result<std::vector<FlowGrant>> grantsOf(Reader &reader)
{
    const auto flows = reader.flows();
    if (!flows)
        return flows.error();
    const auto granted = reader.grants();
    if (!granted)
        return granted.error();
    std::vector<FlowGrant> all;
    for (const StoredFlow &stored : *flows) {
        const auto read = readFlow(stored.text);
        const Demands demands = read ? demandsOf(read->flow) : Demands();
        if (demands.empty())
            continue;
        const auto found = std::ranges::find_if(*granted, [&](const Grant &grant) {
            return grant.flow == stored.flow && grant.fingerprint == fingerprint(demands);
        });
        all.push_back({stored.flow, stored.version, {demands.begin(), demands.end()},
            found == granted->end() ? std::nullopt : std::optional(found->at)});
    }
    return all;
}

/// A place in a log is the id of an entry.
Result<std::int64_t> numberOf(const std::string &place)
{
    std::int64_t number = 0;
    const char *end = place.data() + place.size();
    const auto [stop, wrong] = std::from_chars(place.data(), end, number);
    if (wrong != std::errc() || stop != end || number < 1)
        return Error{ErrorCode::InvalidArgument,
            "'" + place + "' is no place in this list; send 'next' of the page before", "/after"};
    return number;
}

template<typename Page>
Page pageOf(auto events, std::size_t limit)
{
    Page page{std::move(events), {}};
    if (page.events.size() > limit) {
        page.events.pop_back();
        page.next = std::to_string(page.events.back().id);
    }
    return page;
}

MessageAnswered acceptance(Completion<Acceptance> answered)
{
    return [answered = std::move(answered)](const Result<Accepted> &result) {
        if (!result)
            return answered(result.error());
        answered(Acceptance{});
    };
}

} // namespace

void EngineDoor::timeline(TimelineRequest request, Completion<Timeline> answered)
{
    m_queries.scan([request = std::move(request)](
                       Reader &reader) { return timelineFor(reader, request); },
        std::move(answered));
}

void EngineDoor::children(ChildrenRequest request, Completion<ChildPage> answered)
{
    m_queries.scan([request = std::move(request)](
                       Reader &reader) { return childrenFor(reader, request); },
        std::move(answered));
}

void EngineDoor::variables(InstanceId instance, Completion<InstanceVariables> answered)
{
    m_queries.scan([instance = std::move(instance)](
                       Reader &reader) { return variablesFor(reader, instance); },
        std::move(answered));
}

void EngineDoor::statistics(FlowId flow, Completion<std::vector<VersionStatistics>> answered)
{
    m_queries.scan(
        [flow = std::move(flow)](Reader &reader) { return reader.statistics(flow); },
        std::move(answered));
}

void EngineDoor::grants(Completion<std::vector<FlowGrant>> answered)
{
    m_queries.scan(grantsOf, std::move(answered));
}

void EngineDoor::setGrant(GrantRequest request, Completion<Acceptance> answered)
{
    m_loop.inbox().submit({{}, {},
                              SetGrant{std::move(request.flow), request.version, request.allows,
                                  std::move(request.reason), std::move(request.source)}},
        acceptance(std::move(answered)));
}

void EngineDoor::removeVersion(RemoveVersionRequest request, Completion<Acceptance> answered)
{
    m_loop.inbox().submit({{}, {},
                              RemoveFlowVersion{std::move(request.flow), request.version,
                                  std::move(request.reason), std::move(request.source)}},
        acceptance(std::move(answered)));
}

void EngineDoor::batch(BatchRequest request, Completion<BatchResult> answered)
{
    startBatch(m_loop.inbox(), m_queries, std::move(request), std::move(answered));
}

void EngineDoor::list(ListRequest request, Completion<InstancePage> answered)
{
    request.limit = std::clamp(request.limit, 1, longestPage);
    m_queries.scan([request = std::move(request)](
                       Reader &reader) { return searchInstances(reader, request); },
        std::move(answered));
}

void EngineDoor::undelivered(LogRequest request, Completion<UndeliveredPage> answered)
{
    m_queries.scan(
        [request = std::move(request)](Reader &reader) -> Result<UndeliveredPage> {
            const int limit = std::clamp(request.limit, 1, longestPage);
            std::optional<std::int64_t> before;
            if (!request.after.empty()) {
                const auto number = numberOf(request.after);
                if (!number)
                    return number.error();
                before = *number;
            }
            auto events = reader.undelivered(limit + 1, before);
            if (!events)
                return events.error();
            return pageOf<UndeliveredPage>(*std::move(events), std::size_t(limit));
        },
        std::move(answered));
}

void EngineDoor::correlated(LogRequest request, Completion<CorrelatedPage> answered)
{
    m_queries.scan(
        [request = std::move(request)](Reader &reader) -> Result<CorrelatedPage> {
            const int limit = std::clamp(request.limit, 1, longestPage);
            const auto after =
                request.after.empty() ? Result<std::int64_t>(0) : numberOf(request.after);
            if (!after)
                return after.error();
            auto events = reader.correlated(limit + 1, *after);
            if (!events)
                return events.error();
            return pageOf<CorrelatedPage>(*std::move(events), std::size_t(limit));
        },
        std::move(answered));
}

} // namespace engine
