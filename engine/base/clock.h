#pragma once

#include <chrono>

namespace engine {

using Milliseconds = std::chrono::milliseconds;
/// A moment in UTC, to the millisecond. The only time in stored formats.
using Instant = std::chrono::sys_time<Milliseconds>;

/// The only source of time in the engine. Callable from every thread.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock
{
public:
    Instant now() const override
    {
        return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    }
};

} // namespace engine
