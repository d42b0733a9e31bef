#include "app/command_line/server_events.h"

#include <utility>

namespace app {

std::vector<ServerEvent> ServerEventReader::read(std::string_view bytes)
{
    std::vector<ServerEvent> events;
    for (const char byte : bytes) {
        const bool isSecondHalf = byte == '\n' && std::exchange(m_afterReturn, byte == '\r');
        if (isSecondHalf)
            continue;
        m_afterReturn = byte == '\r';
        if (byte != '\n' && byte != '\r') {
            m_line += byte;
            continue;
        }
        if (!m_line.empty())
            endLine();
        else if (auto event = endBlock())
            events.push_back(*std::move(event));
    }
    return events;
}

void ServerEventReader::restart()
{
    m_line.clear();
    m_id = m_lastId;
    m_name.clear();
    m_data.clear();
    m_hasData = false;
    m_afterReturn = false;
}

void ServerEventReader::endLine()
{
    const std::string line = std::exchange(m_line, {});
    const auto colon = line.find(':');
    const std::string field = line.substr(0, colon);
    std::string value = colon == std::string::npos ? std::string() : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.erase(0, 1);
    if (field == "event") {
        m_name = std::move(value);
    } else if (field == "data") {
        m_data += (m_hasData ? "\n" : "") + value;
        m_hasData = true;
    } else if (field == "id" && value.find('\0') == std::string::npos) {
        m_id = std::move(value);
    }
}

std::optional<ServerEvent> ServerEventReader::endBlock()
{
    m_lastId = m_id;
    ServerEvent event{m_lastId, std::exchange(m_name, {}), std::exchange(m_data, {})};
    if (!std::exchange(m_hasData, false))
        return {};
    return event;
}

} // namespace app
