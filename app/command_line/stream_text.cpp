#include "app/command_line/stream_text.h"

#include "app/command_line/json_fields.h"
#include "app/command_line/table.h"
#include "engine/wire/json_writer.h"

namespace app {
namespace {

using nlohmann::json;

/// In a column, and two blanks in front of the next.
std::string cell(const std::string &text, std::size_t width)
{
    const std::string line = oneLine(text);
    const std::size_t length = charactersIn(line);
    return line + std::string(length < width ? width - length + 2 : 2, ' ');
}

std::string whatOf(const ServerEvent &event, const json &data)
{
    if (event.name == "task")
        return "task " + field(data, "task") + " " + field(data, "what");
    if (event.name == "purged")
        return "purged";
    if (event.name == "reset")
        return "reset: " + field(data, "detail");
    if (field(data, "status").empty())
        return "an earlier run";
    const std::string setAside = field(data, "setAside");
    const std::string stands = field(data, "standsAt");
    const std::string status = !setAside.empty()              ? "Set aside: " + setAside
                               : data.value("waiting", false) ? "Waiting"
                                                              : field(data, "status");
    return field(data, "flow") + " " + field(data, "version") + ": " + status +
           (stands.empty() ? "" : ", at " + stands);
}

} // namespace

std::string streamLine(const ServerEvent &event, const json &data)
{
    constexpr std::size_t timeWidth = 24;
    constexpr std::size_t instanceWidth = 24;
    const std::string at = field(data, event.name == "task" ? "at" : "changedAt");
    return cell(at.empty() ? "-" : at, timeWidth) +
           cell(event.name == "reset" ? "-" : field(data, "instance"), instanceWidth) +
           oneLine(whatOf(event, data)) + "  (" + oneLine(event.id) + ")\n";
}

std::string streamJsonLine(const ServerEvent &event)
{
    engine::JsonObjectWriter object;
    object.text("id", event.id).text("event", event.name).raw("data", event.data);
    return std::move(object).finish() + "\n";
}

} // namespace app
