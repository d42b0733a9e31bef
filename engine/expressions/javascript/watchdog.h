#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace engine {

/// Calls `fire` from a thread of its own when work lasts longer than allowed, or when the program
/// grows by 512 MB meanwhile (Linux). Arming and disarming are two atomic operations: the thread
/// looks at the deadline by itself while there is work, and sleeps when there was none for a
/// second.
class Watchdog
{
public:
    using Time = std::chrono::steady_clock;

    explicit Watchdog(std::function<void()> fire);
    ~Watchdog();

    void arm(std::chrono::milliseconds limit);
    enum class Verdict { InTime, TooLong, TooMuchMemory };
    /// Whether it fired, and why. After this it fires no more.
    Verdict disarm();

private:
    void run();
    void look();
    bool growsTooMuch(Time::rep deadline);

    static constexpr Time::rep idle = 0;
    static constexpr Time::rep firing = 1;
    static constexpr Time::rep fired = 2;

    std::function<void()> m_fire;
    std::atomic<Time::rep> m_deadline{idle}; ///< or one of the three marks above
    std::atomic<bool> m_memory{false};       ///< why it fired
    Time::rep m_watched = idle; ///< deadline of the work whose start is next; watchdog's thread
    long long m_bytesAtStart = 0;
    std::atomic<bool> m_asleep{false};
    std::atomic<bool> m_worked{false}; ///< armed since the thread looked
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace engine
