#include "app/command_line/flow_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"

namespace app {

using nlohmann::json;

std::string flowsText(const json &body)
{
    Table table({"FLOW", "VERSION", "DEPLOYED", "VERSIONS"});
    for (const json &flow : body.at("flows"))
        table.add({field(flow, "flow"), field(flow, "version"), field(flow, "deployedAt"),
            std::to_string(flow.at("versions").size())});
    return table.isEmpty() ? "no flows\n" : table.text();
}

std::string webhooksText(const json &body)
{
    constexpr std::size_t widest = 40;
    Table table({"PATH", "SCHEME", "EVENT", "FOR", "SECRET", "SINCE"});
    for (const json &row : body.at("webhooks")) {
        const json &webhook = row.at("webhook");
        const bool isKey = !field(webhook, "key").empty();
        table.add({field(row, "path"), field(webhook, "scheme"), field(webhook, "event"),
            shortened(isKey ? "key " + field(webhook, "key") : field(webhook, "instance"), widest),
            field(webhook, "secret"), field(row, "at")});
    }
    return table.isEmpty() ? "no webhooks\n" : table.text();
}

std::string webhookPutText(const json &webhook)
{
    return "put: POST /api/v1/webhooks/" + webhook.at("path").get<std::string>() + "\n";
}

std::string webhookRemovedText(const json &webhook)
{
    return "removed " + webhook.at("path").get<std::string>() + "\n";
}

} // namespace app
