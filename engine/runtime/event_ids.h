#pragma once

#include "engine/store/store.h"

#include <map>
#include <optional>
#include <string>

namespace engine {

/// Under which ids events were accepted (semantics 2.5): what is on disk, and what the turn in hand
/// does beyond it. Nothing of it stands in memory when that is committed.
class EventIds
{
public:
    explicit EventIds(Store &store)
        : m_store(store)
    {}

    /// The run that accepted an event of that name and id for the instance; nothing if it is new.
    Result<std::optional<RunKey>> acceptedBy(
        const InstanceId &instance, const std::string &name, const std::string &eventId);
    /// What a row of the turn accepted, and the instance that it takes the place of.
    void note(const InstanceCommit &commit);
    /// The run goes, and all that it continues.
    void forget(const InstanceId &instance, RunKey run);
    /// The turn is on disk.
    void committed();

private:
    /// Of one event: its name, folded, and its id.
    using Event = std::pair<std::string, std::string>;

    Store &m_store;
    std::map<InstanceId, std::map<Event, RunKey>> m_accepted;
    std::map<InstanceId, RunKey> m_gone; ///< with all earlier ones
};

} // namespace engine
