#include "app/command_line/problem_text.h"

#include "engine/wire/problem_json.h"

#include <nlohmann/json.hpp>

namespace app {

std::string problemText(const std::string &file, const nlohmann::json &problems)
{
    std::string text;
    for (const auto &problem : problems) {
        const int line = problem.value("line", 0);
        const auto step = problem.find("step");
        const std::string severity = problem.value("severity", "error");
        text += file + ":" + (line > 0 ? std::to_string(line) + ":" : std::string()) + " ";
        if (step != problem.end() && step->is_string())
            text += step->get<std::string>() + ": ";
        text += (severity == "error" ? "" : severity + ": ") +
                problem.value("message", std::string()) + "\n";
        if (const auto mend = problem.find("mend"); mend != problem.end() && mend->is_object())
            text += "    to mend it: " + mend->value("sentence", std::string()) + "\n";
    }
    return text;
}

std::string problemText(const std::string &file, const std::vector<engine::Problem> &problems)
{
    return problemText(file, nlohmann::json::parse(engine::toJsonText(problems)));
}

} // namespace app
