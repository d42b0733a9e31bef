// What operators do to instances.
#include "app/command_line/api_path.h"
#include "app/command_line/calls.h"
#include "app/command_line/commands.h"
#include "app/command_line/input_file.h"
#include "app/command_line/json_fields.h"
#include "app/command_line/printing.h"
#include "engine/wire/json_writer.h"

#include <algorithm>

namespace app {
namespace {

using nlohmann::json;

ApiCall operationCall(const OperateCommand &command, const std::string &instance)
{
    if (command.operation == "purge")
        return {.method = "DELETE",
            .path = QueryPath(instancePath(instance)).add("reason", command.reason).text()};
    engine::JsonObjectWriter body;
    body.text("reason", command.reason);
    if (command.keepSubFlows)
        body.boolean("keepSubFlows", true);
    return {.method = "POST",
        .path = instancePath(instance, command.operation),
        .body = std::move(body).finish()};
}

} // namespace

int run(const OperateCommand &command)
{
    const auto connection = Connection::open(command.target);
    if (!connection)
        return fail(connection.error(), NotReachable);
    int worst = Done;
    for (const std::string &instance : command.instances) {
        const int status =
            callAndSay(**connection, command.target, operationCall(command, instance),
                [&](const json &) { return command.operation + ": " + instance + "\n"; });
        worst = std::max(worst, status);
        if (status == NotReachable)
            break;
    }
    return worst;
}

int run(const CorrectCommand &command)
{
    engine::JsonObjectWriter body;
    for (const auto &[name, text] : command.texts)
        body.text(name, text);
    engine::JsonObjectWriter values;
    for (const auto &[name, written] : command.values) {
        const auto value = writtenJson(written);
        if (!value)
            return fail(value.error(), WrongUsage);
        (command.operation == "skip" ? body : values).value(name, *value);
    }
    if (command.operation == "variables")
        body.raw("values", std::move(values).finish());
    return callAndSay(command.target,
        {.method = "POST",
            .path = instancePath(command.instance, command.operation),
            .body = std::move(body).finish()},
        [&](const json &answer) {
            return command.operation + ": " + field(answer, "instance") + "\n";
        });
}

} // namespace app
