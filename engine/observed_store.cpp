#include "engine/observed_store.h"

#include <chrono>
#include <utility>

namespace engine {

void CommitMeter::add(const Turn &turn, double seconds)
{
    const std::lock_guard lock(m_mutex);
    ++m_meters.commits;
    m_meters.decisions += static_cast<std::int64_t>(turn.instances.size());
    for (const InstanceCommit &commit : turn.instances)
        m_meters.facts += static_cast<std::int64_t>(commit.row.facts.size());
    m_meters.commitTime.add(seconds);
}

void CommitMeter::read(EngineMeters &meters) const
{
    const std::lock_guard lock(m_mutex);
    meters.commits = m_meters.commits;
    meters.decisions = m_meters.decisions;
    meters.facts = m_meters.facts;
    meters.commitTime = m_meters.commitTime;
}

ObservedStore::ObservedStore(
    std::unique_ptr<Store> store, CommitMeter &meter, std::function<void()> committed)
    : m_store(std::move(store))
    , m_meter(meter)
    , m_committed(std::move(committed))
{}

Result<void> ObservedStore::commit(const Turn &turn)
{
    const auto begin = std::chrono::steady_clock::now();
    auto done = m_store->commit(turn);
    if (!done)
        return done;
    m_meter.add(turn,
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    m_committed();
    return done;
}

} // namespace engine
