#include "app/command_line/commands.h"

#include "app/command_line/calls.h"
#include "app/command_line/done_text.h"
#include "app/command_line/flow_text.h"
#include "app/command_line/input_file.h"
#include "app/command_line/printing.h"
#include "app/command_line/problem_text.h"
#include "engine/rest/url.h"
#include "engine/wire/json_writer.h"

#include <QFileInfo>

#include <nlohmann/json.hpp>

#include <cstdint>

namespace app {

namespace {

using nlohmann::json;

} // namespace

int run(const CallCommand &command)
{
    return callAndSay(command.target, command.call, command.say);
}

int run(const StartCommand &command)
{
    const auto input = writtenJson(command.input);
    if (!input)
        return fail(input.error(), WrongUsage);
    engine::JsonObjectWriter body;
    body.text("flow", command.flow);
    if (command.version > 0)
        body.number("version", command.version);
    if (!command.instance.empty())
        body.text("instance", command.instance);
    body.value("input", *input);
    return callAndSay(command.target,
        {.method = "POST", .path = "/api/v1/instances", .body = std::move(body).finish()},
        startedText);
}

int run(const DeployCommand &command)
{
    const auto text = fileText(command.file);
    if (!text)
        return fail(text.error(), WrongUsage);
    return callAndSay(
        command.target, {.method = "POST", .path = "/api/v1/flows", .body = *text},
        [&](const json &answer) {
            return problemText(command.file, answer.at("problems")) + "deployed " +
                   answer.at("flow").get<std::string>() + " as version " +
                   std::to_string(answer.at("version").get<int>()) + "\n";
        },
        command.file);
}

int run(const FlowFileCommand &command)
{
    const auto connection = Connection::open(command.target);
    if (!connection)
        return fail(connection.error(), NotReachable);
    const std::string path = "/api/v1/flows/" + engine::segmentEncoded(command.flow);
    std::string version = std::to_string(command.version);
    if (command.version == 0) {
        const auto newest = fetched(**connection, command.target, path);
        if (const int *status = std::get_if<int>(&newest))
            return *status;
        version = std::get<json>(newest).at("version").dump();
    }
    // Byte for byte, which a tree would not keep.
    Target bytes = command.target;
    bytes.json = true;
    const auto reply = (*connection)->call({.path = path + "/versions/" + version});
    if (!reply)
        return fail(reply.error(), NotReachable);
    return sayAnswer(*reply, reply->isDone() ? bytes : command.target, {});
}

int run(const WebhookCommand &command)
{
    const auto text = fileText(command.file);
    if (!text)
        return fail(text.error(), WrongUsage);
    return callAndSay(command.target, {.method = "PUT", .path = "/api/v1/webhooks", .body = *text},
        webhookPutText);
}

int run(const BackupCommand &command)
{
    engine::JsonObjectWriter body;
    body.text(
        "path", QFileInfo(QString::fromStdString(command.file)).absoluteFilePath().toStdString());
    return callAndSay(command.target,
        {.method = "POST", .path = "/api/v1/backup", .body = std::move(body).finish()},
        [](const json &answer) {
            return "copied to " + answer.at("path").get<std::string>() + ", " +
                   std::to_string(answer.at("bytes").get<std::int64_t>()) + " bytes\n";
        });
}

} // namespace app
