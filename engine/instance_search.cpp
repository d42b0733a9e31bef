#include "engine/instance_search.h"

#include "engine/history/rewound_history.h"
#include "engine/history/run_progress.h"
#include "engine/runtime/instance_state.h"
#include "engine/store/commit_rules.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
#include <utility>

namespace engine {
namespace {

constexpr int firstChunk = 200;
constexpr int longestChunk = 1000;

/// An instance of a list, and what its history says beyond that.
class ListedInstance final : public QuerySubject
{
public:
    ListedInstance(Reader &reader, const InstanceSummary &summary, int &looks)
        : m_reader(reader)
        , m_summary(summary)
        , m_looks(looks)
    {}

    const InstanceSummary &summary() const override { return m_summary; }
    std::vector<std::string> waits() override
    {
        RunProgress progress;
        advance(progress, events());
        std::vector<std::string> names;
        for (const StepTrace &step : progress.steps) {
            if (step.progress != StepProgress::Waiting)
                continue;
            names.push_back(step.step.value);
            names.insert(names.end(), step.waitsFor.begin(), step.waitsFor.end());
        }
        return names;
    }
    Source startedBy() override
    {
        const auto page = read(1, 1);
        const auto *started = page.events.empty()
                                  ? nullptr
                                  : std::get_if<ExecutionStarted>(&page.events.front().fact);
        return started ? started->source : Source{};
    }
    JsonText variables() override
    {
        auto variables = variablesAfter(events());
        return variables ? *std::move(variables) : JsonText();
    }
    const std::optional<Error> &fault() const { return m_fault; }

private:
    const std::vector<HistoryEvent> &events()
    {
        if (m_events)
            return *m_events;
        m_events.emplace();
        for (Sequence from = 1; from != 0;) {
            auto page = read(from, longestChunk);
            std::ranges::move(page.events, std::back_inserter(*m_events));
            from = page.next;
        }
        return *m_events;
    }
    HistoryPage read(Sequence from, int limit)
    {
        ++m_looks;
        auto page = m_reader.history(m_summary.run, from, limit);
        if (page)
            return *std::move(page);
        if (page.error().code != ErrorCode::Damaged)
            m_fault = page.error();
        return {};
    }

    Reader &m_reader;
    const InstanceSummary &m_summary;
    int &m_looks;
    std::optional<std::vector<HistoryEvent>> m_events;
    std::optional<Error> m_fault; ///< the store does not serve
};

/// The one flow that `flow:NAME` of the query means among those that have instances; nothing if the query
/// says none, or several.
Result<std::optional<FlowId>> flowMeant(Reader &reader, const InstanceQuery &query)
{
    const auto term = std::ranges::find_if(query.terms, [](const QueryTerm &one) {
        return one.field == QueryField::Flow && !one.isNegated &&
               one.comparison == QueryComparison::Is && one.words.size() == 1;
    });
    if (term == query.terms.end())
        return std::optional<FlowId>();
    const auto counts = reader.counts();
    if (!counts)
        return counts.error();
    std::vector<FlowId> meant;
    for (const InstanceCounts &one : *counts) {
        if (meansName(term->words.front(), one.flow.value))
            meant.push_back(one.flow);
    }
    if (meant.size() == 1)
        return std::optional(meant.front());
    return std::optional<FlowId>();
}

class Search
{
public:
    Search(Reader &reader, const ListRequest &request, const SearchLimits &limits)
        : m_reader(reader)
        , m_request(request)
        , m_limits(limits)
        , m_filter(narrowed(request.filter, request.query))
    {}

    Result<InstancePage> page()
    {
        if (m_filter.flow.empty()) {
            auto flow = flowMeant(m_reader, m_request.query);
            if (!flow)
                return flow.error();
            m_filter.flow = flow->value_or(FlowId());
        }
        std::string place = m_request.after;
        for (int size = firstChunk; !m_isFull; size = std::min(size * 2, longestChunk)) {
            const auto chunk = m_reader.list(m_filter, place, size);
            if (!chunk)
                return chunk.error();
            if (auto looked = lookAt(*chunk); !looked)
                return looked.error();
            place = chunk->next;
            if (place.empty() || m_isFull)
                break;
            if (m_rows >= m_limits.rows) {
                m_page.next = place;
                break;
            }
        }
        return std::move(m_page);
    }

private:
    Result<void> lookAt(const InstancePage &chunk)
    {
        for (const InstanceSummary &summary : chunk.instances) {
            ++m_rows;
            ListedInstance instance(m_reader, summary, m_looks);
            const bool isShown = engine::matches(m_request.query, instance);
            if (instance.fault())
                return *instance.fault();
            if (isShown)
                m_page.instances.push_back(summary);
            m_isFull = m_page.instances.size() >= static_cast<std::size_t>(m_request.limit) ||
                       m_looks >= m_limits.looks;
            if (!m_isFull)
                continue;
            const bool isLast = &summary == &chunk.instances.back() && chunk.next.empty();
            m_page.next = isLast ? std::string() : placeAfter(summary.run);
            break;
        }
        return {};
    }

    Reader &m_reader;
    const ListRequest &m_request;
    SearchLimits m_limits;
    InstanceFilter m_filter;
    InstancePage m_page;
    int m_rows = 0;
    int m_looks = 0;
    bool m_isFull = false;
};

} // namespace

Result<JsonText> variablesAfter(const std::vector<HistoryEvent> &events)
{
    InstanceState state;
    try {
        for (const HistoryEvent &event : counted(events))
            apply(state, event.sequence, event.at, event.fact);
    } catch (const std::exception &fault) {
        return Error{ErrorCode::Damaged, fault.what(), {}};
    }
    std::string text = "{";
    for (const auto &[name, variable] : state.variables)
        text += (text.size() > 1 ? "," : "") + JsonText::ofString(name).text() + ":" +
                valueOf(variable).text();
    return JsonText::trusted(text + "}");
}

Result<InstancePage> searchInstances(
    Reader &reader, const ListRequest &request, const SearchLimits &limits)
{
    if (request.query.terms.empty())
        return reader.list(request.filter, request.after, request.limit);
    return Search(reader, request, limits).page();
}

} // namespace engine
