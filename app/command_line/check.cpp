#include "app/command_line/commands.h"
#include "app/command_line/input_file.h"
#include "app/command_line/printing.h"
#include "app/command_line/problem_text.h"
#include "engine/expressions/javascript/javascript.h"
#include "engine/model/flow_check.h"
#include "engine/wire/json_writer.h"
#include "engine/wire/problem_json.h"

namespace app {

namespace {

/// A file that is no flow at all has one problem: that.
std::vector<engine::Problem> problemsIn(const std::string &text)
{
    const auto read = engine::readFlow(text);
    if (!read)
        return {{.severity = engine::Severity::Error,
            .id = "not-a-flow",
            .text = "%1",
            .arguments = {read.error().message},
            .step = {},
            .pointer = read.error().pointer}};
    const auto expressions = engine::makeJavaScript();
    return engine::checkFlow(*read, *expressions);
}

} // namespace

int run(const CheckCommand &command)
{
    const auto text = fileText(command.file);
    if (!text)
        return fail(text.error(), WrongUsage);
    const auto problems = problemsIn(*text);
    if (command.json) {
        engine::JsonObjectWriter body;
        body.raw("problems", engine::toJsonText(problems));
        print(std::move(body).finish() + "\n");
    } else {
        print(problemText(command.file, problems));
    }
    return engine::hasErrors(problems) ? Refused : Done;
}

} // namespace app
