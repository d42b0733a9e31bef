#include "engine/runtime/instance_desk.h"
#include "engine/runtime/state_text.h"

#include <exception>
#include <utility>

// From what an instance is replayed that is not in memory (semantics 11.6).

namespace engine {

/// The state of a run, out of the cache or replayed; nothing if it had to be set aside.
Result<OwnedState> InstanceDesk::take(const InstanceId &instance, RunKey run)
{
    auto state = m_cache.take(instance);
    if (state)
        return state;
    try {
        auto made = replayed(run);
        if (!made && made.error().code != ErrorCode::Damaged)
            return made.error();
        invariant(bool(made), made ? "" : made.error().message);
        invariant((*made)->instance == instance, "history: the run belongs to another instance");
        state = *std::move(made);
    } catch (const std::exception &fault) {
        setAside(instance, run, fault.what());
    }
    return state;
}

/// From its last snapshot, if there is one that can be read, else from its first fact.
Result<OwnedState> InstanceDesk::replayed(RunKey run)
{
    auto latest = m_parts.store.latest(run);
    if (!latest)
        return latest.error();
    if (!latest->snapshot)
        return std::make_unique<InstanceState>(replay(latest->rows));
    auto state = stateFromText(latest->snapshot->state);
    if (state && state->run == run && state->length == latest->snapshot->length)
        return std::make_unique<InstanceState>(replay(*std::move(state), latest->rows));
    const auto rows = m_parts.store.history(run);
    if (!rows)
        return rows.error();
    return std::make_unique<InstanceState>(replay(*rows));
}

/// A long run has a snapshot of its state from time to time; one that has ended needs none.
void InstanceDesk::noteSnapshot(const InstanceState &state, InstanceCommit &commit) const
{
    const Sequence before = commit.row.first - 1;
    if (isFinished(state) && state.length >= m_factsPerSnapshot)
        commit.snapshot.emplace();
    else if (!isFinished(state) && state.length / m_factsPerSnapshot > before / m_factsPerSnapshot)
        commit.snapshot = stateToText(state);
}

} // namespace engine
