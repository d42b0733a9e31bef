#include "engine/store/sqlite/index_rebuild.h"

#include "engine/history/message_json.h"
#include "engine/store/stored_row.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

constexpr auto readRuns = "select distinct run from history order by run";
constexpr auto readNames = "select instance from instance";
// A number is never used again. Where the last one given out is lost, the next is far from the
// greatest that is left.
constexpr auto raiseNumbers = R"(
    insert into statistics (name, value)
    select 'last_run', 1000 + max(coalesce((select max(run) from history), 0),
        coalesce((select max(run) from instance), 0))
    union all select 'last_message', 1000 + coalesce((select max(id) from inbox), 0)
    where true on conflict (name) do update
        set value = excluded.value where value < excluded.value - 1000)";
constexpr auto nextMessage =
    "update statistics set value = value + 1 where name = 'last_message' returning value";
constexpr auto insertMessage = "insert into inbox (id, message) values (:id, :message)";

Error perhapsCutOff(RunKey run)
{
    return {ErrorCode::Damaged,
        "the history of run " + std::to_string(run.value) +
            " may have lost its end, and so has the list of instances, which would know; restore a "
            "backup, or terminate it",
        {}};
}

} // namespace

IndexRebuild::IndexRebuild(SqliteSession &session, IndexTables &indexes, InstanceTables &instances,
    InstanceRows &summaries, HistoryRows &history)
    : m_session(session)
    , m_indexes(indexes)
    , m_instances(instances)
    , m_summaries(summaries)
    , m_history(history)
    , m_runs(session, readRuns)
    , m_names(session, readNames)
    , m_raiseNumbers(session, raiseNumbers)
    , m_nextMessage(session, nextMessage)
    , m_addMessage(session, insertMessage)
{}

void IndexRebuild::all(const Summarize &summarize)
{
    m_indexes.clear();
    m_instances.clear();
    for (const RunKey run : runs()) {
        if (auto summary = rebuild(run, 0, summarize); !summary)
            return m_session.fail(summary.error());
    }
}

std::vector<LeftAside> IndexRebuild::whatIsThere(
    const Summarize &summarize, const std::set<RunKey> &perhapsCut)
{
    const std::map<RunKey, InstanceSummary> before = listed();
    std::vector<RunKey> all = runs();
    std::ranges::transform(
        before, std::back_inserter(all), [](const auto &one) { return one.first; });
    std::ranges::sort(all); // of two runs of an instance, lists show the later one
    const auto doubles = std::ranges::unique(all);
    all.erase(doubles.begin(), doubles.end());
    m_raiseNumbers.execute();
    m_indexes.clear();
    m_instances.clear();
    std::vector<LeftAside> aside;
    for (const RunKey run : all) {
        const auto known = before.find(run);
        const auto summary = known == before.end() ? std::nullopt : std::optional(known->second);
        // Only the list could have said that nothing is missing at the end.
        const auto made = !summary && perhapsCut.contains(run)
                              ? Result<InstanceSummary>(perhapsCutOff(run))
                              : rebuild(run, summary ? summary->length : 0, summarize);
        if (made)
            goOn(*made);
        else if (auto left = keep(run, summary, made.error()))
            aside.push_back(*std::move(left));
    }
    return aside;
}

std::vector<RunKey> IndexRebuild::runs()
{
    std::vector<RunKey> keys;
    m_runs.each([&keys](const SqliteStatement &row) {
        keys.push_back({row.integer(0)});
        return true;
    });
    return keys;
}

/// What the list says before it is made again.
std::map<RunKey, InstanceSummary> IndexRebuild::listed()
{
    std::vector<InstanceId> names;
    m_names.each([&names](const SqliteStatement &row) {
        names.push_back({row.text(0)});
        return true;
    });
    std::map<RunKey, InstanceSummary> rows;
    for (const InstanceId &name : names) {
        if (auto summary = m_summaries.find(name))
            rows.emplace(summary->run, *std::move(summary));
    }
    return rows;
}

/// Damaged unless the history is whole and has at least that length.
Result<InstanceSummary> IndexRebuild::rebuild(
    RunKey run, Sequence length, const Summarize &summarize)
{
    const auto rows = m_history.all(run);
    if (!rows)
        return rows.error();
    const Sequence end = rows->empty() ? 0 : lastOf(rows->back());
    if (rows->empty() || end < length)
        return missingRow(run, end + 1);
    auto summary = summarize(*rows);
    if (!summary)
        return summary;
    for (const HistoryRow &row : *rows)
        m_indexes.apply(row, summary->instance);
    const InstanceCommit whole{.row = rows->front(), .summary = *summary};
    m_instances.change(whole);
    m_instances.flush();
    m_yielded = std::holds_alternative<DecisionYielded>(rows->back().facts.back());
    return summary;
}

/// What the list said stays, and is set aside; nothing is made of a history with holes.
std::optional<LeftAside> IndexRebuild::keep(
    RunKey run, std::optional<InstanceSummary> summary, const Error &why)
{
    if (why.code != ErrorCode::Damaged) {
        m_session.fail(why);
        return std::nullopt;
    }
    if (!summary)
        summary = beginningOf(run);
    if (!summary)
        return LeftAside{{}, why.message};
    summary->setAside = why.message;
    // The fact makes its payloads be written.
    const InstanceCommit whole{
        .row = {run, 1, summary->createdAt, {ExecutionStarted{}}}, .summary = *summary};
    m_instances.change(whole);
    m_instances.flush();
    return LeftAside{summary->instance, why.message};
}

/// From the first fact of a run; longer than what can be read of it.
std::optional<InstanceSummary> IndexRebuild::beginningOf(RunKey run)
{
    std::optional<InstanceSummary> summary;
    (void)m_history.read(run, 1, [&summary](const HistoryRow &row) {
        if (const auto *started = std::get_if<ExecutionStarted>(&row.facts.front()))
            summary = InstanceSummary{.instance = started->instance,
                .run = row.run,
                .flow = started->flow,
                .version = started->version,
                .status = InstanceStatus::Running,
                .createdAt = row.at,
                .changedAt = row.at,
                .input = started->input};
        if (summary)
            summary->length = lastOf(row) + 1;
        return summary.has_value();
    });
    return summary;
}

/// A decision that was cut goes on by a message, which may be lost; once more does no harm.
void IndexRebuild::goOn(const InstanceSummary &summary)
{
    if (!m_yielded)
        return;
    const auto number = [](const SqliteStatement &row) { return row.integer(0); };
    if (const auto id = m_nextMessage.first(number))
        m_addMessage.execute(*id, messageToText({summary.instance, summary.run, GoOn{}}));
}

} // namespace engine
