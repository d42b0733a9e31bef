#include "engine/wire/problem_json.h"

#include "engine/wire/json_writer.h"

namespace engine {

namespace {

std::string mendJson(const Mend &mend)
{
    JsonObjectWriter object;
    object.text("kind", toText(mend.kind)).text("pointer", mend.pointer);
    if (mend.kind == Mend::Kind::Rename)
        object.text("key", mend.value);
    else if (mend.kind != Mend::Kind::Remove)
        object.raw("value", mend.value);
    object.text("sentence", sentence(mend));
    return std::move(object).finish();
}

} // namespace

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
        if (problem.mend)
            object.raw("mend", mendJson(*problem.mend));
        list.add(std::move(object).finish());
    }
    return std::move(list).finish();
}

} // namespace engine
