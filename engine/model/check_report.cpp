#include "engine/model/check_report.h"

#include "engine/base/json_pointer.h"

#include <algorithm>

namespace engine {

CheckPlace placeOf(const StepId &step) { return {step, childPointer("/steps", step.value)}; }

CheckPlace placeOf(const StepId &step, std::string_view member)
{
    return {step, childPointer(childPointer("/steps", step.value), member)};
}

CheckReport::CheckReport(const ReadFlow &read)
    : m_read(&read)
    , m_problems(read.problems)
{
    for (const Problem &problem : read.problems)
        m_unread.insert(problem.pointer);
}

CheckReport::Added CheckReport::error(
    std::string id, CheckPlace place, std::string text, std::vector<std::string> arguments)
{
    return add({Severity::Error, std::move(id), std::move(text), std::move(arguments),
        std::move(place.step), std::move(place.pointer)});
}

CheckReport::Added CheckReport::warning(
    std::string id, CheckPlace place, std::string text, std::vector<std::string> arguments)
{
    return add({Severity::Warning, std::move(id), std::move(text), std::move(arguments),
        std::move(place.step), std::move(place.pointer)});
}

CheckReport::Added CheckReport::hint(
    std::string id, CheckPlace place, std::string text, std::vector<std::string> arguments)
{
    return add({Severity::Hint, std::move(id), std::move(text), std::move(arguments),
        std::move(place.step), std::move(place.pointer)});
}

std::vector<std::string> CheckReport::absent(
    std::string_view pointer, std::vector<std::string> members) const
{
    std::erase_if(members, [&](const std::string &member) {
        return m_read->lines.contains(childPointer(pointer, member));
    });
    return members;
}

std::vector<Problem> CheckReport::problems()
{
    std::ranges::stable_sort(m_problems, {}, &Problem::line);
    return std::move(m_problems);
}

CheckReport::Added CheckReport::add(Problem problem)
{
    if (m_unread.contains(problem.pointer))
        return Added(nullptr);
    problem.line = lineOf(problem.pointer);
    m_problems.push_back(std::move(problem));
    return Added(&m_problems.back());
}

/// A member that is missing is where its object is.
int CheckReport::lineOf(std::string_view pointer) const
{
    while (true) {
        if (const auto line = m_read->lines.find(pointer); line != m_read->lines.end())
            return line->second;
        if (pointer.empty())
            return 0;
        pointer = parentPointer(pointer);
    }
}

} // namespace engine
