#include "app/command_line/key_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"

namespace app {

using nlohmann::json;

std::string keysText(const json &body)
{
    Table table({"LABEL", "SCOPE", "SINCE"});
    for (const json &key : body.at("keys"))
        table.add({field(key, "label"), field(key, "scope"), field(key, "at")});
    return table.text();
}

std::string newKeyText(const json &key) { return key.at("key").get<std::string>() + "\n"; }

std::string revokedText(const json &key) { return "revoked " + field(key, "label") + "\n"; }

} // namespace app
