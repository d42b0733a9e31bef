#pragma once

#include "engine/model/demands.h"
#include "engine/model/flow.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace engine {

/// An interrupt and who declares it.
struct DeclaredInterrupt {
    StepId step; ///< the parallel step; empty: the flow
    Interrupt interrupt;
};

/// A deployed version of a flow, with what the machine would otherwise look up again and again.
class RunnableFlow
{
public:
    RunnableFlow(Flow flow, int version);

    const Flow &flow() const { return m_flow; }
    int version() const { return m_version; }
    const Demands &demands() const { return m_demands; }
    /// nullptr: there is none.
    const Step *step(const StepId &id) const;
    /// Whether a wait for `foldedName` has a `where`, so that its kept events are limited
    /// (semantics 2.10).
    bool isFiltered(const std::string &foldedName) const { return m_filtered.contains(foldedName); }
    /// The interrupts of each event, by its folded name.
    const std::map<std::string, std::vector<DeclaredInterrupt>> &interrupts() const
    {
        return m_interrupts;
    }

    /// Whether some event of it finds its instance by a key (semantics 10.1).
    bool correlates() const { return !m_correlated.empty(); }
    /// How such an event is declared; nullptr: it is none.
    const EventDeclaration *correlated(const std::string &foldedName) const;
    /// All of them, by folded name.
    std::vector<std::string> correlatedNames() const;
    /// How long its instances are kept after their end (semantics 9.3); nothing: for ever.
    const std::optional<Duration> &retention() const { return m_retention; }

    /// Demands that nobody has allowed (semantics 5.6), kept right by the scheduler.
    void forbid(Demands demands);
    const Demands &forbidden() const { return m_forbidden; }
    /// Whether an activity of this kind may run.
    bool allows(std::string_view activity) const;
    /// What activities of this kind may reach: the targets of the demands that were allowed.
    std::set<std::string> granted(std::string_view activity) const;

private:
    Flow m_flow;
    int m_version;
    Demands m_demands;
    Demands m_forbidden;
    std::optional<Duration> m_retention;
    std::unordered_map<StepId, std::size_t> m_positions;
    std::set<std::string> m_filtered;
    std::map<std::string, std::vector<DeclaredInterrupt>> m_interrupts;
    std::map<std::string, std::size_t> m_correlated; ///< places in the flow's events
};

} // namespace engine
