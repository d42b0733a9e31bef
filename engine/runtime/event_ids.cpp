#include "engine/runtime/event_ids.h"

#include "engine/model/flow.h"
#include "engine/store/index_changes.h"

#include <algorithm>

namespace engine {

Result<std::optional<RunKey>> EventIds::acceptedBy(
    const InstanceId &instance, const std::string &name, const std::string &eventId)
{
    const std::string folded = foldedEventName(name);
    auto run = m_store.acceptedBy(instance, folded, eventId);
    if (!run)
        return run;
    const auto gone = m_gone.find(instance);
    if (*run && (gone == m_gone.end() || **run > gone->second))
        return run;
    const auto turn = m_accepted.find(instance);
    if (turn == m_accepted.end())
        return std::optional<RunKey>();
    const auto accepted = turn->second.find({folded, eventId});
    return accepted == turn->second.end() ? std::optional<RunKey>()
                                          : std::optional(accepted->second);
}

void EventIds::note(const InstanceCommit &commit)
{
    const InstanceId &instance = commit.summary.instance;
    if (commit.replaces != RunKey())
        forget(instance, commit.replaces);
    for (EventIdRow &one : eventIdsIn(commit.row))
        m_accepted[instance].try_emplace(
            {std::move(one.name), std::move(one.eventId)}, commit.row.run);
}

void EventIds::forget(const InstanceId &instance, RunKey run)
{
    RunKey &gone = m_gone[instance];
    gone = std::max(gone, run);
    if (const auto turn = m_accepted.find(instance); turn != m_accepted.end())
        std::erase_if(turn->second, [run](const auto &one) { return one.second <= run; });
}

void EventIds::committed()
{
    m_accepted.clear();
    m_gone.clear();
}

} // namespace engine
