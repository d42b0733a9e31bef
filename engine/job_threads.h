#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace engine {

/// What happens to the jobs that have not begun when the threads are stopped.
enum class AtEnd { Finish, Drop };

/// Threads that take jobs from one queue. Each makes a `Tool` of its own at its first job and keeps
/// it.
template<typename Tool>
class JobThreads
{
public:
    using Job = std::function<void(Tool &)>;

    JobThreads(int count, AtEnd atEnd, std::function<std::unique_ptr<Tool>()> make)
        : m_atEnd(atEnd)
        , m_make(std::move(make))
    {
        for (int i = 0; i < count; ++i)
            m_threads.emplace_back([this] { run(); });
    }

    ~JobThreads()
    {
        std::deque<Job> dropped;
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
            if (m_atEnd == AtEnd::Drop)
                dropped.swap(m_jobs);
        }
        m_wake.notify_all();
        for (std::thread &thread : m_threads)
            thread.join();
    }

    void post(Job job)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_jobs.push_back(std::move(job));
        }
        m_wake.notify_one();
    }

private:
    void run()
    {
        std::unique_ptr<Tool> tool;
        std::unique_lock lock(m_mutex);
        while (m_wake.wait(lock, [this] { return m_stop || !m_jobs.empty(); }), !m_jobs.empty()) {
            Job job = std::move(m_jobs.front());
            m_jobs.pop_front();
            lock.unlock();
            if (!tool)
                tool = m_make();
            job(*tool);
            job = nullptr; // what it holds must not be destroyed under the lock
            lock.lock();
        }
        lock.unlock();
    }

    AtEnd m_atEnd;
    std::function<std::unique_ptr<Tool>()> m_make;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stop = false;
    std::vector<std::thread> m_threads;
};

} // namespace engine
