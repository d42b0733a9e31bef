#pragma once

#include "engine/runtime/runnable_flow.h"
#include "engine/history/message.h"
#include "engine/runtime/scheduler.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engine {

/// A flow that somebody brings.
struct Deploying {
    std::string text;
    bool grant = false; ///< the user allows what it asks for
    Instant now{};
    Source source;
};

/// A version whose instances an event can find by a key (semantics 10.1).
struct CorrelatingFlow {
    const RunnableFlow *flow = nullptr;
    const EventDeclaration *event = nullptr; ///< with its correlation
    bool isNewest = false;
};

/// All deployed versions of all flows, ready to run, and what they are allowed to do.
class FlowCatalog
{
public:
    /// `allowed`: kinds of demands that need no grant; `all` is any.
    FlowCatalog(Expressions &expressions, std::set<std::string> allowed);

    /// Takes in what was deployed before. A version that cannot be read any more is remembered as
    /// damaged: its instances are set aside, the others go on.
    void recover(const Recovered &recovered);
    /// Checks a flow and adds it to `turn`. The text of the newest version again answers that
    /// version. InvalidArgument if the text is no flow at all; version 0 and the problems if it has
    /// errors.
    Result<Deployed> deploy(Deploying order, Turn &turn);
    /// Grants what a version asks for, or takes all grants of a flow back, and adds that to `turn`. NotFound.
    Result<void> allow(const SetGrant &order, Instant now, Turn &turn);
    Result<void> revoke(const SetGrant &order, Instant now, Turn &turn);
    /// Forgets a version; its number is never given again. NotFound. No instance may be of it.
    Result<void> remove(const RemoveFlowVersion &order, Instant now, Turn &turn);
    /// A version, the newest if none is named. NotFound, or Damaged. Holds for the catalog's life.
    Result<const RunnableFlow *> find(const FlowId &flow, std::optional<int> version) const;
    /// All versions that correlate an event, in the order of their deployment. Valid for the catalog's
    /// life.
    std::vector<CorrelatingFlow> correlating(const std::string &foldedName) const;
    /// The versions whose instances are purged some time after their end. They hold for the catalog's life.
    const std::vector<const RunnableFlow *> &retained() const { return m_retained; }

private:
    struct Version {
        std::unique_ptr<RunnableFlow> runnable;
        std::string damage; ///< why there is none
        std::string text;
    };
    struct Lineage {
        std::map<int, Version> versions;
        std::set<std::string> granted; ///< fingerprints
        int lastVersion = 0;           ///< the greatest number ever given
    };

    Demands missing(const Lineage &lineage, const Demands &demands) const;
    void forbidWhatIsMissing(Lineage &lineage);
    void noteRetention(const RunnableFlow &flow);
    int store(Lineage &lineage, Flow flow, Deploying order, Turn &turn);
    void noteCorrelation(const RunnableFlow &flow);

    Expressions &m_expressions;
    std::set<std::string> m_allowed;
    std::map<FlowId, Lineage> m_flows;
    std::map<std::string, std::vector<const RunnableFlow *>> m_correlating; ///< by folded name
    std::vector<const RunnableFlow *> m_retained;
    std::vector<std::unique_ptr<RunnableFlow>> m_removed; ///< somebody may hold one still
};

} // namespace engine
