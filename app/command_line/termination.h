#pragma once

#include <functional>
#include <memory>

class QSocketNotifier;

namespace app {

/// Calls `requested` from the event loop at SIGTERM and SIGINT, once; one that comes before the
/// loop runs is kept for it. One object at a time.
class Termination
{
public:
    explicit Termination(std::function<void()> requested);
    ~Termination();
    Termination(const Termination &) = delete;
    Termination &operator=(const Termination &) = delete;

private:
    std::function<void()> m_requested;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace app
