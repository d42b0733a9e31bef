#pragma once

#include "app/arguments.h"
#include "app/command_line/server_events.h"

#include <optional>
#include <string>
#include <vector>

namespace app {

/// What of a stream somebody wants to see, and when it has been enough.
class StreamFilter
{
public:
    explicit StreamFilter(const StreamCommand &command)
        : m_command(command)
    {}

    /// The events that are to be shown now. Those of tasks are held back until that of their
    /// instance, which comes right behind them, says what flow it is of.
    std::vector<ServerEvent> take(const ServerEvent &event);
    /// An instance is in this state: whether that is what is waited for (Done), or makes that it
    /// will never be (Refused).
    std::optional<int> judge(const std::string &status);
    /// The verdict on an event that was shown.
    std::optional<int> judge(const ServerEvent &event);

private:
    bool isWanted(const ServerEvent &event) const;

    const StreamCommand &m_command;
    std::vector<ServerEvent> m_heldBack;
};

} // namespace app
