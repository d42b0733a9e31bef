#pragma once

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/expressions/expressions.h"
#include "engine/history/message.h"
#include "engine/model/problem.h"
#include "engine/runtime/effects.h"
#include "engine/store/store.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engine {

/// How much at once. The defaults are those of engine_options.h.
struct SchedulerLimits {
    int messagesPerTurn = 512;
    Milliseconds turnTime{10};
    int stepsPerDecision = 200;
    Milliseconds decisionTime{2}; ///< after which a decision yields (semantics 1.6)
    int stepsWithoutWait = 10'000; ///< TightLoop, semantics 7.1
    std::size_t cachedInstances = 10'000;
    Sequence factsPerSnapshot = 500; ///< semantics 11.6
    std::set<std::string> allowed; ///< kinds that may touch the world unasked; `all` is any
};

/// What the sender of a message learns once it is on disk.
struct Accepted {
    InstanceId instance;
    RunKey run;
    bool duplicate = false; ///< answered before under this event id (semantics 2.5)
    /// Of an event that named no instance: whom it reached (semantics 10.1).
    std::optional<CorrelationAnswer> correlation;

    bool operator==(const Accepted &) const = default;
};

/// What a deployment answers: the version, old or new, or why there is none.
struct Deployed {
    FlowId flow;
    int version = 0; ///< 0: refused, see problems
    std::vector<Problem> problems;
};

using MessageAnswered = std::function<void(Result<Accepted>)>;
using FlowDeployed = std::function<void(Result<Deployed>)>;

struct SchedulerStatistics {
    std::int64_t turns = 0;
    std::int64_t decisions = 0;
    std::int64_t droppedMessages = 0; ///< for runs that are not current
    std::int64_t ignoredResults = 0;  ///< late or duplicate (semantics 5.1)
};

/// Inbox ⇒ decisions ⇒ one commit ⇒ answers and effects. Owns no thread, no lock and no clock: whoever
/// calls it is its thread. All references outlive it.
class Scheduler
{
public:
    struct Parts {
        Store &store;
        Expressions &expressions;
        const Clock &clock;
        Random &random;
        Effects &effects;
    };

    Scheduler(Parts parts, SchedulerLimits limits);
    ~Scheduler();

    /// Reads what must go on and queues it; call once, before the first turn.
    Result<void> recover();
    /// Queues a message. `answered` is called in the turn that decides it, after its commit; an empty
    /// function is fine. A start without an id gets one (semantics 1.2).
    void submit(Message message, MessageAnswered answered = {});
    /// Checks and stores a flow in the next turn. The same content again answers the same version.
    /// `grant`: the user allows what the flow asks for.
    void deploy(std::string text, bool grant, FlowDeployed answered, Source source = {});
    /// One round. False if there was nothing to do. Error: the store refused, nothing of the turn
    /// happened, and this scheduler must not be used again.
    Result<bool> turn();
    /// Whether a turn would find something to do at `now`.
    bool hasWork() const;
    /// When the next timer is due, or the retention of a finished instance is over.
    std::optional<Instant> nextDue() const;
    SchedulerStatistics statistics() const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace engine
