#include "engine/store/commit_rules.h"

#include <charconv>

namespace engine {

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
    if (place.empty())
        return std::optional<RunKey>();
    RunKey run;
    const char *end = place.data() + place.size();
    const auto [stop, fault] = std::from_chars(place.data(), end, run.value);
    if (fault != std::errc{} || stop != end || run.value <= 0)
        return Error{ErrorCode::InvalidArgument,
            "'" + place +
                "' is no place in the list; use the 'next' of the page before, or nothing",
            {}};
    return std::optional(run);
}

Result<void> checkLimit(int limit)
{
    if (limit >= 1)
        return {};
    return Error{ErrorCode::InvalidArgument, "the limit of a page must be at least 1", {}};
}

} // namespace engine
