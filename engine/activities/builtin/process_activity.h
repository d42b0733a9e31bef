#pragma once

#include "engine/activities/builtin/net_activity.h"

#include <chrono>

namespace engine {

/// A program: `{ command, input, env, cwd }` ⇒ `{ exitCode, output }`. `command` is a list, there
/// is no shell. `input` goes to its standard input as JSON; what it prints is parsed where it is
/// JSON. Another exit code than 0 is a ProcessError.
class ProcessActivity final : public NetActivity
{
public:
    /// At cancel and timeout the program is asked to end (SIGTERM) and killed after `grace`
    /// (semantics 5.3), with its children.
    explicit ProcessActivity(QObject &net, Milliseconds grace = std::chrono::seconds(5));
};

} // namespace engine
