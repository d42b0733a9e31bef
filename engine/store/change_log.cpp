#include "engine/store/change_log.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace engine {
namespace {

void add(std::vector<LoggedChange> &changes, const InstanceCommit &commit)
{
    const Sequence from = commit.row.first;
    const Sequence to = from + static_cast<Sequence>(commit.row.facts.size()) - 1;
    // What several messages did to a run in one turn is one change.
    if (!changes.empty() && changes.back().run == commit.row.run && changes.back().to + 1 == from)
        changes.back().to = to;
    else
        changes.push_back({0, commit.row.run, from, to, {}});
}

/// The number before the next blank or the end, which goes from `line`.
std::optional<std::int64_t> takeNumber(std::string_view &line)
{
    std::int64_t number = 0;
    const char *end = line.data() + line.size();
    const auto [stop, fault] = std::from_chars(line.data(), end, number);
    if (fault != std::errc() || (stop != end && *stop != ' '))
        return {};
    line.remove_prefix(static_cast<std::size_t>(stop - line.data()) + (stop == end ? 0 : 1));
    return number;
}

std::optional<LoggedChange> changeFrom(std::string_view line)
{
    const auto run = takeNumber(line);
    if (!run)
        return {};
    if (line.starts_with("- "))
        return LoggedChange{0, {*run}, 0, 0, {std::string(line.substr(2))}};
    const auto from = takeNumber(line);
    const auto to = from ? takeNumber(line) : std::nullopt;
    if (!to || !line.empty())
        return {};
    return LoggedChange{0, {*run}, *from, *to, {}};
}

} // namespace

std::vector<LoggedChange> changesOf(const Turn &turn)
{
    std::vector<LoggedChange> changes;
    changes.reserve(turn.instances.size());
    for (const InstanceCommit &commit : turn.instances)
        add(changes, commit);
    for (const SetAside &mark : turn.setAside)
        changes.push_back({0, mark.run, 0, 0, {}});
    return changes;
}

std::string changesToText(const std::vector<LoggedChange> &changes)
{
    std::string text;
    for (const LoggedChange &change : changes) {
        if (!text.empty())
            text += '\n';
        text += std::to_string(change.run.value);
        text += change.purged.empty()
                    ? ' ' + std::to_string(change.from) + ' ' + std::to_string(change.to)
                    : " - " + change.purged.value;
    }
    return text;
}

Result<std::vector<LoggedChange>> changesFromText(std::string_view text, std::int64_t last)
{
    std::vector<LoggedChange> changes;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        auto change = changeFrom(line);
        if (!change)
            return Error{ErrorCode::Damaged,
                "the log of changes is damaged before change " + std::to_string(last), {}};
        changes.push_back(*std::move(change));
    }
    auto id = last - static_cast<std::int64_t>(changes.size());
    for (LoggedChange &change : changes)
        change.id = ++id;
    return changes;
}

} // namespace engine
