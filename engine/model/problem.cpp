#include "engine/model/problem.h"

#include <algorithm>

namespace engine {

std::string message(const Problem &problem)
{
    std::string sentence;
    for (std::size_t i = 0; i < problem.text.size(); ++i) {
        const bool place = problem.text[i] == '%' && i + 1 < problem.text.size();
        const int number = place ? problem.text[i + 1] - '1' : -1;
        if (number < 0 || number >= static_cast<int>(problem.arguments.size())) {
            sentence += problem.text[i];
            continue;
        }
        sentence += problem.arguments[static_cast<std::size_t>(number)];
        ++i;
    }
    return sentence;
}

bool hasErrors(const std::vector<Problem> &problems)
{
    return std::ranges::find(problems, Severity::Error, &Problem::severity) != problems.end();
}

} // namespace engine
