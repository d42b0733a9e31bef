#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace engine {

/// Looks at all pages of a large database while the engine runs, once, on a thread of its own that
/// has the lowest priority (semantics 11.2). The end of this object stops it at once.
class PageWatch
{
public:
    /// `found` is told at most once, on that thread: what is damaged and what to do.
    void begin(const std::string &directory, std::function<void(const std::string &)> found);
    /// What was found; empty while that is nothing. Any thread.
    std::string damage() const;

private:
    void run(const std::stop_token &stop, const std::string &directory,
        const std::function<void(const std::string &)> &found);

    mutable std::mutex m_mutex;
    std::string m_damage;
    std::jthread m_thread;
};

} // namespace engine
