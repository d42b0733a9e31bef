#include "engine/store/commit_rules.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace engine {
namespace {

Error noPlace(const std::string &place)
{
    return {ErrorCode::InvalidArgument,
        "'" + place + "' is no place in the list; use the 'next' of the page before, or nothing",
        {}};
}

/// A place that is a number; nothing for the beginning.
Result<std::optional<std::int64_t>> numberOf(const std::string &place)
{
    if (place.empty())
        return std::optional<std::int64_t>();
    std::int64_t number = 0;
    const char *end = place.data() + place.size();
    const auto [stop, fault] = std::from_chars(place.data(), end, number);
    if (fault != std::errc{} || stop != end || number <= 0)
        return noPlace(place);
    return std::optional(number);
}

} // namespace

Result<void> checkCommit(const InstanceCommit &commit, Sequence length)
{
    const HistoryRow &row = commit.row;
    const auto wrong = [&row](const std::string &why) {
        return Error{ErrorCode::WrongState,
            "run " + std::to_string(row.run.value) + ", sequence " + std::to_string(row.first) +
                ": " + why,
            {}};
    };
    if (row.run.value <= 0 || row.facts.empty())
        return wrong("a row needs a run and at least one fact");
    if (row.first != length + 1)
        return wrong("the history has " + std::to_string(length) +
                     " facts, so the next row begins at " + std::to_string(length + 1));
    const Sequence end = length + static_cast<Sequence>(row.facts.size());
    if (commit.summary.run != row.run || commit.summary.length != end)
        return wrong("the summary is not the one after this row");
    return {};
}

Error versionExists(const StoredFlow &flow)
{
    return {ErrorCode::WrongState,
        "flow '" + flow.flow.value + "' has a version " + std::to_string(flow.version) +
            " already; deployed versions never change",
        {}};
}

std::string placeAfter(RunKey run) { return std::to_string(run.value); }

Result<std::optional<RunKey>> runOfPlace(const std::string &place)
{
    const auto number = numberOf(place);
    if (!number)
        return number.error();
    return *number ? std::optional(RunKey{**number}) : std::optional<RunKey>();
}

Result<std::optional<std::int64_t>> auditPlace(const std::string &place) { return numberOf(place); }

AuditPage pageOf(std::vector<AuditEntry> entries, std::size_t limit)
{
    AuditPage page{.entries = std::move(entries), .next = {}};
    if (page.entries.size() > limit) {
        page.entries.resize(limit);
        page.next = std::to_string(page.entries.back().id);
    }
    return page;
}

std::int64_t dueOrder(const std::optional<Instant> &dueAt)
{
    return dueAt ? std::int64_t{dueAt->time_since_epoch().count()} : neverDue;
}

TaskPlace placeOf(const TaskSummary &task) { return {dueOrder(task.dueAt), task.id}; }

std::string placeAfter(const TaskSummary &task)
{
    return std::to_string(dueOrder(task.dueAt)) + '.' + toText(task.id);
}

Result<std::optional<TaskPlace>> taskPlace(const std::string &place)
{
    if (place.empty())
        return std::optional<TaskPlace>();
    const std::size_t dot = place.find('.');
    const auto id = taskIdFromText(std::string_view(place).substr(std::min(dot, place.size() - 1) + 1));
    TaskPlace found;
    const char *end = place.data() + std::min(dot, place.size());
    const auto [stop, fault] = std::from_chars(place.data(), end, found.dueAt);
    if (!id || fault != std::errc{} || stop != end)
        return noPlace(place);
    found.id = *id;
    return std::optional(found);
}

TaskSummary summaryOf(
    const TaskRow &row, RunKey run, InstanceId instance, FlowId flow, int version)
{
    return {.id = {run, row.task},
        .instance = std::move(instance),
        .flow = std::move(flow),
        .version = version,
        .branch = row.branch,
        .step = row.step,
        .title = row.title,
        .assignees = row.assignees,
        .openedAt = row.openedAt,
        .dueAt = row.dueAt,
        .claimedBy = row.claimedBy,
        .askedBy = row.askedBy,
        .answers = row.answers};
}

TaskPage pageOf(std::vector<TaskSummary> tasks, std::size_t limit, std::int64_t open)
{
    TaskPage page{.tasks = std::move(tasks), .open = open};
    if (page.tasks.size() > limit) {
        page.tasks.resize(limit);
        page.next = placeAfter(page.tasks.back());
    }
    return page;
}

Result<void> checkLimit(int limit)
{
    if (limit >= 1)
        return {};
    return Error{ErrorCode::InvalidArgument, "the limit of a page must be at least 1", {}};
}

} // namespace engine
