#include "app/command_line/commands.h"

#include "app/command_line/calls.h"
#include "app/command_line/input_file.h"
#include "app/command_line/instance_text.h"
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

std::string instancePath(const std::string &instance)
{
    return "/api/v1/instances/" + engine::segmentEncoded(instance);
}

} // namespace

int run(const StartCommand &command)
{
    const auto input = writtenJson(command.input);
    if (!input)
        return fail(input.error(), WrongUsage);
    engine::JsonObjectWriter body;
    body.text("flow", command.flow);
    if (!command.instance.empty())
        body.text("instance", command.instance);
    body.value("input", *input);
    return callAndSay(command.target,
        {.method = "POST", .path = "/api/v1/instances", .body = std::move(body).finish()},
        [](const json &answer) { return answer.at("instance").get<std::string>() + "\n"; });
}

int run(const RaiseCommand &command)
{
    const auto payload = writtenJson(command.payload);
    if (!payload)
        return fail(payload.error(), WrongUsage);
    ApiCall call{.method = "POST",
        .path = instancePath(command.instance) + "/events/" + engine::segmentEncoded(command.event),
        .body = payload->text()};
    if (command.branch)
        call.path += "?branch=" + engine::segmentEncoded(*command.branch);
    if (!command.eventId.empty())
        call.headers.emplace_back("Idempotency-Key", command.eventId);
    return callAndSay(command.target, call, [&](const json &answer) {
        return "raised " + command.event + " for " + answer.at("instance").get<std::string>() +
               (answer.at("duplicate").get<bool>() ? " (it was raised before)\n" : "\n");
    });
}

int run(const ListCommand &command)
{
    std::string path = "/api/v1/instances?limit=1000";
    if (!command.status.empty())
        path += "&status=" + engine::segmentEncoded(command.status);
    if (!command.flow.empty())
        path += "&flow=" + engine::segmentEncoded(command.flow);
    return callAndSay(command.target, {.path = path}, instancesText);
}

int run(const ShowCommand &command)
{
    return callAndSay(command.target, {.path = instancePath(command.instance)}, instanceText);
}

int run(const DeployCommand &command)
{
    const auto text = fileText(command.file);
    if (!text)
        return fail(text.error(), WrongUsage);
    return callAndSay(command.target, {.method = "POST", .path = "/api/v1/flows", .body = *text},
        [&](const json &answer) {
            return problemText(command.file, answer.at("problems")) + "deployed " +
                   answer.at("flow").get<std::string>() + " as version " +
                   std::to_string(answer.at("version").get<int>()) + "\n";
        },
        command.file);
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
