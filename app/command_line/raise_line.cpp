#include "app/command_line/raise_line.h"

#include "app/command_line/api_path.h"
#include "engine/base/json_read.h"
#include "engine/history/json_slices.h"
#include "engine/rest/url.h"

#include <nlohmann/json.hpp>

namespace app {
namespace {

using engine::Error;
using engine::ErrorCode;
using engine::JsonObjectReader;
using engine::JsonText;
using engine::Result;

/// Its bytes: a tree would lose the digits of large numbers.
JsonText dataOf(const JsonText &line, const JsonObjectReader &object)
{
    for (const auto &member :
        engine::membersOf(line.text()).value_or(std::vector<engine::MemberSlice>()))
        if (member.key == "data")
            return JsonText::trusted(std::string(member.value));
    return object.value("data");
}

Error wrong(const std::string &message) { return {ErrorCode::InvalidArgument, message, {}}; }

/// Whom it is for must be said once.
Result<void> checkAddressee(const RaiseCommand &event, bool correlate)
{
    if (!event.instance.empty() && event.correlationKey)
        return wrong("it has both 'instance' and 'key'; an event is for one or the other");
    if (event.instance.empty() && !event.correlationKey && !correlate)
        return wrong(
            "it needs 'instance' or 'key'; with --correlate flows find theirs by the data");
    if (event.instance.empty() && event.branch)
        return wrong("'branch' needs 'instance'");
    return {};
}

Result<RaiseCommand> eventOf(const JsonObjectReader &object)
{
    if (auto known = object.onlyKeys({"instance", "key", "event", "data", "id", "branch"}); !known)
        return known.error();
    RaiseCommand event;
    auto name = object.text("event");
    if (!name)
        return name.error();
    event.event = *std::move(name);
    auto instance = object.optionalText("instance");
    if (!instance)
        return instance.error();
    event.instance = instance->value_or(std::string());
    auto key = object.optionalText("key");
    if (!key)
        return key.error();
    event.correlationKey = *std::move(key);
    auto id = object.optionalText("id");
    if (!id)
        return id.error();
    event.eventId = id->value_or(std::string());
    auto branch = object.optionalText("branch");
    if (!branch)
        return branch.error();
    event.branch = *std::move(branch);
    return event;
}

} // namespace

ApiCall raiseCall(const RaiseCommand &event, const JsonText &payload)
{
    const std::string name = engine::segmentEncoded(event.event);
    std::string path = event.instance.empty() ? "/api/v1/events/" + name
                                              : instancePath(event.instance, "events/" + name);
    // An empty branch is the main one, an empty key is one, too.
    if (event.branch)
        path += "?branch=" + engine::segmentEncoded(*event.branch);
    else if (event.correlationKey)
        path += "?key=" + engine::segmentEncoded(*event.correlationKey);
    ApiCall call{.method = "POST", .path = std::move(path), .body = payload.text()};
    if (!event.eventId.empty())
        call.headers.emplace_back("Idempotency-Key", event.eventId);
    return call;
}

Result<ApiCall> callOfLine(const std::string &line, bool correlate)
{
    const auto text = JsonText::parse(line);
    if (!text)
        return wrong("it is not JSON: " + text.error().message);
    const nlohmann::json tree = text->tree();
    const auto object = JsonObjectReader::open(tree);
    if (!object)
        return object.error();
    const auto event = eventOf(*object);
    if (!event)
        return event.error();
    if (auto said = checkAddressee(*event, correlate); !said)
        return said.error();
    return raiseCall(*event, dataOf(*text, *object));
}

} // namespace app
