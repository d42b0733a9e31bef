#include "app/command_line/calls.h"
#include "app/command_line/commands.h"
#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"
#include "engine/rest/url.h"
#include "engine/wire/json_writer.h"

namespace app {
namespace {

using nlohmann::json;

const std::string keysPath = "/api/v1/keys";

std::string keysText(const json &body)
{
    Table table({"LABEL", "SCOPE", "SINCE"});
    for (const json &key : body.at("keys"))
        table.add({field(key, "label"), field(key, "scope"), field(key, "at")});
    return table.text();
}

/// The key alone, so that a script can take it.
std::string newKeyText(const json &body) { return body.at("key").get<std::string>() + "\n"; }

ApiCall makeCall(const KeysCommand &command)
{
    engine::JsonObjectWriter body;
    body.text("label", command.label);
    body.text("scope", command.scope.empty() ? "full" : command.scope);
    return {.method = "POST", .path = keysPath, .body = std::move(body).finish()};
}

} // namespace

int run(const KeysCommand &command)
{
    const std::string path = keysPath + "/" + engine::segmentEncoded(command.label);
    switch (command.deed) {
    case KeysCommand::Deed::List: break;
    case KeysCommand::Deed::Make: return callAndSay(command.target, makeCall(command), newKeyText);
    case KeysCommand::Deed::Rotate:
        return callAndSay(
            command.target, {.method = "POST", .path = path + "/rotate"}, newKeyText);
    case KeysCommand::Deed::Revoke:
        return callAndSay(command.target, {.method = "DELETE", .path = path},
            [](const json &key) { return "revoked " + field(key, "label") + "\n"; });
    }
    return callAndSay(command.target, {.path = keysPath}, keysText);
}

} // namespace app
