#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// An event of a stream of server-sent events.
struct ServerEvent {
    std::string id; ///< the last that the stream has said
    std::string name;
    std::string data;

    bool operator==(const ServerEvent &) const = default;
};

/// Reads a stream of server-sent events (HTML Living Standard, 9.2.6), in whatever pieces it comes.
class ServerEventReader
{
public:
    /// The events that these bytes complete.
    std::vector<ServerEvent> read(std::string_view bytes);
    /// Forgets what is begun: the next bytes are of another connection.
    void restart();
    /// What to go on behind; empty if nothing was said.
    const std::string &lastId() const { return m_lastId; }

private:
    void endLine();
    std::optional<ServerEvent> endBlock();

    std::string m_line;
    bool m_afterReturn = false; ///< the `\n` of a `\r\n` is no line of its own
    std::string m_id;
    std::string m_lastId;
    std::string m_name;
    std::string m_data;
    bool m_hasData = false;
};

} // namespace app
