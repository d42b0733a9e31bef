#include "app/command_line/stream_filter.h"

#include "app/command_line/commands.h"
#include "app/command_line/json_fields.h"
#include "app/command_line/printing.h"

#include <utility>

namespace app {

using nlohmann::json;

std::vector<ServerEvent> StreamFilter::take(const ServerEvent &event)
{
    if (event.name == "task") {
        m_heldBack.push_back(event);
        return {};
    }
    std::vector<ServerEvent> shown = std::exchange(m_heldBack, {});
    if (event.name == "reset")
        return {event}; // that of the instance is lost
    if (!isWanted(event))
        return {};
    shown.push_back(event);
    return shown;
}

std::optional<int> StreamFilter::judge(const std::string &status)
{
    if (m_command.until.empty() || status.empty())
        return {};
    if (m_command.until.contains(status))
        return Done;
    const bool isFinished = status == "Completed" || status == "Failed" || status == "Terminated";
    if (!isFinished || m_command.instance.empty())
        return {};
    printError("instance '" + m_command.instance + "' has ended as " + status);
    return Refused;
}

std::optional<int> StreamFilter::judge(const ServerEvent &event)
{
    if (event.name == "purged" && !m_command.until.empty() && !m_command.instance.empty()) {
        printError("instance '" + m_command.instance + "' was purged");
        return Refused;
    }
    return event.name == "instance" ? judge(field(json::parse(event.data), "status"))
                                    : std::optional<int>();
}

bool StreamFilter::isWanted(const ServerEvent &event) const
{
    const json data = json::parse(event.data);
    const bool isInstance =
        m_command.instance.empty() || field(data, "instance") == m_command.instance;
    // Of what is purged the flow is not known any more.
    const bool isFlow = m_command.flow.empty() || field(data, "flow") == m_command.flow;
    return isInstance && isFlow;
}

} // namespace app
