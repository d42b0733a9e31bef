#include "engine/wire/problem_json.h"

#include "engine/wire/json_writer.h"

namespace engine {

std::string_view toText(Severity severity)
{
    switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Hint: return "hint";
    }
    return "error";
}

std::string toJsonText(const std::vector<Problem> &problems)
{
    JsonArrayWriter list;
    for (const Problem &problem : problems) {
        JsonObjectWriter object;
        object.text("severity", toText(problem.severity))
            .text("id", problem.id)
            .text("message", message(problem))
            .textOrNull("step", problem.step.value)
            .text("pointer", problem.pointer)
            .number("line", problem.line);
        list.add(std::move(object).finish());
    }
    return std::move(list).finish();
}

} // namespace engine
