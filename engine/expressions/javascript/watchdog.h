#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace engine {

/// Calls `fire` from a thread of its own when work lasts longer than allowed. Arming and disarming
/// are two atomic operations: the thread looks at the deadline by itself while there is work, and
/// sleeps when there was none for a second.
class Watchdog
{
public:
    using Time = std::chrono::steady_clock;

    explicit Watchdog(std::function<void()> fire);
    ~Watchdog();

    void arm(std::chrono::milliseconds limit);
    /// Whether it fired. After this it fires no more.
    bool disarm();

private:
    void run();
    void look();

    static constexpr Time::rep idle = 0;
    static constexpr Time::rep firing = 1;
    static constexpr Time::rep fired = 2;

    std::function<void()> m_fire;
    std::atomic<Time::rep> m_deadline{idle}; ///< or one of the three marks above
    std::atomic<bool> m_asleep{false};
    std::atomic<bool> m_worked{false}; ///< armed since the thread looked
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace engine
