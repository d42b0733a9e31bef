#include "tests/load/approvals.h"

#include <algorithm>
#include <charconv>

namespace load {

using namespace engine;

std::string orderName(int number) { return "order-" + std::to_string(number); }

std::string orderInput(int number)
{
    return R"({"id":"order-)" + std::to_string(number) + R"(","amount":120.5,"customer":"c-77"})";
}

void ApprovalWatch::changed(const std::vector<InstanceSummary> &summaries)
{
    const auto now = SteadyClock::now();
    {
        const std::lock_guard lock(m_mutex);
        for (const InstanceSummary &summary : summaries) {
            const bool over = summary.status != InstanceStatus::Running;
            if (!over && !summary.waiting)
                continue;
            const std::string_view id = std::string_view(summary.instance.value).substr(6);
            int number = 0;
            std::from_chars(id.data(), id.data() + id.size(), number);
            m_seen.push_back({number, over, now});
            m_facts += over ? summary.length : 0;
            m_decisions += over ? summary.decisions : 0;
        }
    }
    m_wake();
}

std::vector<Seen> ApprovalWatch::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_seen, {});
}

std::int64_t ApprovalWatch::facts()
{
    const std::lock_guard lock(m_mutex);
    return m_facts;
}

std::int64_t ApprovalWatch::decisions()
{
    const std::lock_guard lock(m_mutex);
    return m_decisions;
}

ApprovalFlight::ApprovalFlight(int orders, int atOnce, Acts acts)
    : m_orders(orders)
    , m_atOnce(atOnce)
    , m_acts(std::move(acts))
    , m_begun(std::size_t(orders))
{}

void ApprovalFlight::begin()
{
    m_begin = SteadyClock::now();
    m_cpu = cpuSeconds();
    while (m_started < std::min(m_orders, m_atOnce))
        startNext();
}

void ApprovalFlight::meet(const std::vector<Seen> &seen)
{
    for (const Seen &one : seen) {
        if (!one.over) {
            m_acts.approve(one.number);
            continue;
        }
        m_whole.add(one.at - m_begun.at(std::size_t(one.number)));
        ++m_over;
        if (m_started < m_orders)
            startNext();
    }
    if (isOver()) {
        m_seconds = secondsSince(m_begin);
        m_cpu = cpuSeconds() - m_cpu;
    }
}

void ApprovalFlight::startNext()
{
    const int number = m_started++;
    m_begun[std::size_t(number)] = SteadyClock::now();
    m_acts.start(number);
}

Row ApprovalFlight::row(const std::string &scenario) const
{
    Row row{scenario, std::to_string(m_atOnce) + " at once", {}};
    row.figures.push_back({"instances", double(m_over), "", {}});
    row.figures.push_back({"throughput", m_over / m_seconds, "1/s", {}});
    row.figures.push_back({"processor time an instance", 1e6 * m_cpu / m_over, "us", {}});
    m_whole.addTo(row, "start to end on disk");
    return row;
}

void addCounted(Row &row, ApprovalWatch &watch, RunningEngine &engine, int orders)
{
    expectCount("instances completed", engine.counts().completed, orders);
    expectCount("decisions", watch.decisions(), 4 * std::int64_t(orders));
    const auto one = engine.history(orderName(0), 1, 1).summary.length;
    expectCount("facts", watch.facts(), one * orders);
    row.figures.push_back({"facts an instance", double(one), "", {}});
}

int ordersFor(int approvals, int atOnce)
{
    return atOnce == 1 ? std::max(approvals / 10, 1) : approvals;
}

} // namespace load
