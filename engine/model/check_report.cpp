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

void CheckReport::error(
    std::string id, CheckPlace place, std::string text, std::vector<std::string> arguments)
{
    add({Severity::Error, std::move(id), std::move(text), std::move(arguments),
        std::move(place.step), std::move(place.pointer)});
}

void CheckReport::warning(
    std::string id, CheckPlace place, std::string text, std::vector<std::string> arguments)
{
    add({Severity::Warning, std::move(id), std::move(text), std::move(arguments),
        std::move(place.step), std::move(place.pointer)});
}

void CheckReport::hint(
    std::string id, CheckPlace place, std::string text, std::vector<std::string> arguments)
{
    add({Severity::Hint, std::move(id), std::move(text), std::move(arguments),
        std::move(place.step), std::move(place.pointer)});
}

std::vector<Problem> CheckReport::problems()
{
    std::ranges::stable_sort(m_problems, {}, &Problem::line);
    return std::move(m_problems);
}

void CheckReport::add(Problem problem)
{
    if (m_unread.contains(problem.pointer))
        return;
    problem.line = lineOf(problem.pointer);
    m_problems.push_back(std::move(problem));
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
