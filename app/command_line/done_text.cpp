#include "app/command_line/done_text.h"

#include "app/command_line/json_fields.h"

#include <cstdint>

namespace app {

using nlohmann::json;

std::string startedText(const json &answer)
{
    return answer.at("instance").get<std::string>() + "\n";
}

std::string movedText(const json &answer)
{
    return "moved " + answer.at("instance").get<std::string>() + "\n";
}

std::string purgedText(const json &answer)
{
    const auto count = answer.at("purged").get<std::int64_t>();
    return "purged " + std::to_string(count) + (count == 1 ? " instance\n" : " instances\n");
}

std::string replayedText(const json &answer)
{
    return "raised for " + answer.at("instance").get<std::string>() +
           (answer.at("duplicate").get<bool>() ? " (it was raised before)\n" : "\n");
}

std::string deletedText(const json &answer)
{
    const std::string instance = field(answer, "instance");
    return instance.empty() ? "deleted\n" : "deleted an event for " + instance + "\n";
}

std::string taskDoneText(const json &answer)
{
    return "done, for " + answer.at("instance").get<std::string>() + "\n";
}

std::string healthText(const json &answer)
{
    std::string text = answer.at("status").get<std::string>();
    if (const std::string hub = field(answer, "hub"); !hub.empty())
        text += ", hub " + hub;
    if (const std::string live = field(answer, "live"); !live.empty())
        text += ", " + live + (live == "1" ? " live instance" : " live instances");
    for (const char *name : {"damaged", "problem", "detail"}) {
        if (const std::string more = field(answer, name); !more.empty())
            text += std::string(", ") + name + ": " + more;
    }
    return text + "\n";
}

} // namespace app
