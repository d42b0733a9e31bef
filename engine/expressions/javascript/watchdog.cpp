#include "engine/expressions/javascript/watchdog.h"

#include <algorithm>
#include <fstream>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

// Shorter than every limit, so that a deadline is always seen before it comes.
constexpr auto glance = 10ms;
constexpr int glancesBeforeSleep = 100;
constexpr long long mostGrowth = 512LL * 1024 * 1024;

/// Memory that the program holds; 0 where the system does not say.
long long residentBytes()
{
    std::ifstream file("/proc/self/statm");
    long long pages = 0, resident = 0;
    file >> pages >> resident;
    constexpr long long pageSize = 4096;
    return file ? resident * pageSize : 0;
}

} // namespace

Watchdog::Watchdog(std::function<void()> fire)
    : m_fire(std::move(fire))
    , m_thread([this] { run(); })
{}

Watchdog::~Watchdog()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Watchdog::arm(std::chrono::milliseconds limit)
{
    m_deadline.store((Time::now() + limit).time_since_epoch().count());
    m_worked.store(true);
    if (m_asleep.load()) {
        // Under the lock, or the wake could fall between the thread's last look and its sleep.
        const std::lock_guard lock(m_mutex);
        m_wake.notify_one();
    }
}

Watchdog::Verdict Watchdog::disarm()
{
    auto seen = m_deadline.load();
    while (seen > fired && !m_deadline.compare_exchange_weak(seen, idle)) {
    }
    if (seen > fired || seen == idle)
        return Verdict::InTime;
    while (m_deadline.load() == firing)
        std::this_thread::yield();
    m_deadline.store(idle);
    return m_memory.load() ? Verdict::TooMuchMemory : Verdict::TooLong;
}

void Watchdog::run()
{
    std::unique_lock lock(m_mutex);
    int idleGlances = 0;
    while (!m_stop) {
        if (idleGlances < glancesBeforeSleep) {
            const auto deadline = m_deadline.load();
            auto until = Time::now() + glance;
            if (deadline > fired)
                until = std::min(until, Time::time_point(Time::duration(deadline)));
            m_wake.wait_until(lock, until);
            const bool busy = m_worked.exchange(false) || m_deadline.load() > fired;
            idleGlances = busy ? 0 : idleGlances + 1;
        } else {
            m_asleep.store(true);
            m_wake.wait(lock, [this] { return m_stop || m_worked.load(); });
            m_asleep.store(false);
            idleGlances = 0;
        }
        look();
    }
}

bool Watchdog::growsTooMuch(Time::rep deadline)
{
    const long long bytes = residentBytes();
    if (m_watched != deadline) {
        m_watched = deadline;
        m_bytesAtStart = bytes;
    }
    return bytes - m_bytesAtStart > mostGrowth;
}

void Watchdog::look()
{
    auto deadline = m_deadline.load();
    if (deadline <= fired)
        return;
    const bool late = Time::now().time_since_epoch().count() >= deadline;
    if (!late && !growsTooMuch(deadline))
        return;
    if (!m_deadline.compare_exchange_strong(deadline, firing))
        return;
    m_memory.store(!late);
    m_fire();
    m_deadline.store(fired);
}

} // namespace engine
