#pragma once

#include "engine/store/store.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// Sees every turn that is committed and keeps account of what one instance owes another: events that
/// were sent, and instances that sub-flow steps started.
class PromiseWatch
{
public:
    void committed(const engine::Turn &turn);
    /// What is wrong while nothing is left to do: an event that did not arrive exactly once, an
    /// instance that was started twice or not at all, one that outlived the step that waited for it.
    std::vector<std::string> broken(engine::Store &store) const;
    /// Every instance that was ever started.
    const std::set<engine::InstanceId> &instances() const { return m_instances; }

    /// Who raises events that name no instance.
    static constexpr const char *correlated = "correlated";
    /// The answer was that such an event is taken in.
    void acceptedCorrelated(const std::string &name, const std::string &eventId);
    int correlatedReached() const { return m_keyedReached; }
    int correlatedKept() const { return m_keyedKept; }

    int sent() const { return int(m_sent.size()); }
    int subFlows() const { return int(m_subFlows.size()); }
    int refused() const { return m_refused; }
    int failed() const { return m_failed; }
    int canceled() const { return m_canceled; }
    int continued() const { return m_continued; }

private:
    using Key = std::pair<engine::RunKey, engine::Sequence>;
    /// An event that was sent. It is in the log until somebody sends it again.
    struct Sent {
        int taken = 0;
        int logged = 0;
    };
    /// An event for one of those that wait under its key.
    struct Keyed {
        bool accepted = false;
        int raised = 0;
        int kept = 0;
        int logged = 0;
    };
    struct SubFlow {
        engine::InstanceId instance;
        bool detached = false;
        bool open = true;
        bool canceled = false;
        int started = 0;
    };

    void keyed(const engine::Turn &turn);
    void fact(engine::RunKey run, engine::Sequence sequence, const engine::Fact &fact);
    SubFlow &close(engine::RunKey run, engine::Sequence subFlow);

    std::set<engine::InstanceId> m_instances;
    std::set<engine::RunKey> m_suspended;
    std::map<std::string, Sent> m_sent; ///< by event id
    std::map<Key, SubFlow> m_subFlows;
    std::map<std::string, Keyed> m_keyed;             ///< by event id
    std::map<std::int64_t, std::string> m_keyedEvents; ///< event ids by CorrelatedEvent::id
    int m_keyedReached = 0;
    int m_keyedKept = 0;
    int m_refused = 0;
    int m_failed = 0;
    int m_canceled = 0;
    int m_continued = 0;
    int m_dropped = 0; ///< interrupts, less those in the log
};

} // namespace tests
