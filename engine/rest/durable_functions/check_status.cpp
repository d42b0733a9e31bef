#include "engine/rest/durable_functions/check_status.h"

#include "engine/rest/url.h"
#include "engine/wire/json_writer.h"

namespace engine {

namespace {

std::string instanceUri(const HandedOut &out, const std::string &instance,
    const std::string &operation, const std::string &parameters)
{
    std::string uri = out.base + "/instances/" + formEncoded(instance) + operation + "?" +
                      parameters + "taskHub=" + formEncoded(out.hub) + "&connection=Storage";
    if (!out.key.empty())
        uri += "&code=" + formEncoded(out.key);
    return uri;
}

} // namespace

std::string statusQueryUri(const HandedOut &out, const std::string &instance)
{
    return instanceUri(out, instance, "", "");
}

std::string checkStatusText(const HandedOut &out, const std::string &instance)
{
    const auto uri = [&](const std::string &operation, const std::string &parameters) {
        return instanceUri(out, instance, operation, parameters);
    };
    JsonObjectWriter payload;
    payload.text("id", instance)
        .text("statusQueryGetUri", uri("", ""))
        .text("sendEventPostUri", uri("/raiseEvent/{eventName}", ""))
        .text("terminatePostUri", uri("/terminate", "reason={text}&"))
        .text("purgeHistoryDeleteUri", uri("", ""))
        .text("restartPostUri", uri("/restart", ""))
        .text("suspendPostUri", uri("/suspend", "reason={text}&"))
        .text("resumePostUri", uri("/resume", "reason={text}&"));
    return std::move(payload).finish();
}

} // namespace engine
