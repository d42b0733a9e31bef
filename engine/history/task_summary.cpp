#include "engine/history/task_summary.h"

#include "engine/history/ascii_letters.h"

#include <algorithm>
#include <charconv>

namespace engine {
namespace {

bool readNumber(std::string_view text, std::int64_t &number)
{
    const char *end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, number);
    return fault == std::errc{} && stop == end && number > 0;
}

} // namespace

std::string toText(const TaskId &id)
{
    return std::to_string(id.run.value) + '-' + std::to_string(id.task);
}

std::optional<TaskId> taskIdFromText(std::string_view text)
{
    const std::size_t dash = text.find('-');
    TaskId id;
    if (dash == std::string_view::npos || !readNumber(text.substr(0, dash), id.run.value) ||
        !readNumber(text.substr(dash + 1), id.task))
        return {};
    return id;
}

bool matches(const TaskFilter &filter, const TaskSummary &task)
{
    const auto isAsked = [&](const std::string &name) {
        return sameAsciiLetters(name, filter.assignee);
    };
    return (filter.assignee.empty() || std::ranges::any_of(task.assignees, isAsked)) &&
           (filter.flow.empty() || filter.flow == task.flow) &&
           (filter.instance.empty() || filter.instance == task.instance) &&
           (!filter.dueBefore || (task.dueAt && *task.dueAt < *filter.dueBefore));
}

} // namespace engine
