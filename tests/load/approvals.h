#pragma once

#include "tests/load/figures.h"
#include "tests/load/running_engine.h"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace load {

std::string orderName(int number);
std::string orderInput(int number);

/// An instance came to its wait, or to its end; on disk.
struct Seen {
    int number = 0;
    bool over = false;
    SteadyClock::time_point at;
};

/// Notes what becomes of the orders, for the thread that drives them.
class ApprovalWatch
{
public:
    /// `wake` is called on the engine thread when there is something new.
    explicit ApprovalWatch(std::function<void()> wake)
        : m_wake(std::move(wake))
    {}

    void changed(const std::vector<engine::InstanceSummary> &summaries);
    std::vector<Seen> take();
    /// Facts of all instances that are over.
    std::int64_t facts();
    std::int64_t decisions();

private:
    std::function<void()> m_wake;
    std::mutex m_mutex;
    std::vector<Seen> m_seen;
    std::int64_t m_facts = 0;
    std::int64_t m_decisions = 0;
};

/// Keeps a number of orders in flight until all are over. One thread.
class ApprovalFlight
{
public:
    struct Acts {
        std::function<void(int number)> start;
        std::function<void(int number)> approve;
    };

    ApprovalFlight(int orders, int atOnce, Acts acts);

    void begin();
    void meet(const std::vector<Seen> &seen);
    bool isOver() const { return m_over == m_orders; }

    /// Throughput, time from start to end of each order, and processor time.
    Row row(const std::string &scenario) const;

private:
    void startNext();

    int m_orders;
    int m_atOnce;
    Acts m_acts;
    int m_started = 0;
    int m_over = 0;
    double m_seconds = 0;
    double m_cpu = 0;
    SteadyClock::time_point m_begin;
    std::vector<SteadyClock::time_point> m_begun;
    Times m_whole;
};

/// Checks that all orders went through their four decisions; adds facts and decisions to the row.
void addCounted(Row &row, ApprovalWatch &watch, RunningEngine &engine, int orders);
int ordersFor(int approvals, int atOnce);

} // namespace load
