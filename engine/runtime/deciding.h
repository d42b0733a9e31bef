#pragma once

#include "engine/expressions/expressions.h"
#include "engine/runtime/decision.h"
#include "engine/runtime/runnable_flow.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

/// What bounds a decision (semantics 1.6, 7.1).
struct DecisionLimits {
    int stepsPerDecision = 200;
    Milliseconds time{2}; ///< by the clock of `Given`; looked at between steps
    int stepsWithoutWait = 10'000;
    std::size_t keptOfFilteredName = 10'000; ///< semantics 2.10
};

/// Everything that a decision may look at besides state and message. `now` is fixed for all of it;
/// `clock` says only how long it has taken, so that it can stop and go on later. Where it stopped is
/// a fact, so a replay does not depend on it.
struct Given {
    const RunnableFlow &flow;
    Instant now{};
    Expressions &expressions;
    const DecisionLimits &limits;
    const Clock &clock;
    const std::vector<HistoryRow> *rows = nullptr; ///< for what looks back: the history of the run
};

/// Where an expression stands, and the payloads that it reads as `event` and `events`, if there are.
struct Place {
    const BranchPath &branch;
    const StepId &step;
    std::string_view field;
    const JsonText *event = nullptr;
    const JsonText *events = nullptr; ///< what a collect step has taken
};

/// Why everything that is open closes.
struct Closing {
    std::string reason;        ///< given by whoever closes it; may be empty
    bool keepSubFlows = false; ///< they live on (semantics 9.1)
    bool ends = false;         ///< the instance is over, not only a branch of it
};

/// A decision in the making. Steps change the instance only by adding facts here; each is folded
/// into the state at once, by the same apply() that a replay uses.
class Deciding
{
public:
    Deciding(const Given &given, OwnedState state);

    const InstanceState &state() const { return *m_decision.state; }
    const RunnableFlow &flow() const { return m_given.flow; }
    const DecisionLimits &limits() const { return m_given.limits; }
    Instant now() const { return m_given.now; }
    const std::vector<HistoryRow> *rows() const { return m_given.rows; }
    /// Whether it has entered enough steps, or taken enough time for at least one (semantics 1.6).
    bool isLongEnough() const;

    /// Adds a fact and answers its number.
    Sequence add(Fact fact);
    void act(Effect effect);

    /// The value of an expression; its error is the failure ExpressionError.
    std::variant<JsonText, Failure> evaluate(const Expression &expression, const Place &place);
    /// `value` with its expressions filled in.
    std::variant<JsonText, Failure> fill(const Template &value, const Place &place);

    /// The keys under which a step waits for events, as WaitOpened::keys has them (semantics 10.1); its
    /// error is the failure ExpressionError.
    std::variant<std::vector<std::string>, Failure> keysOf(const std::vector<std::string> &events,
        const BranchPath &branch, const StepId &step);

    /// The branch goes on to `to`.
    void leave(StepLeft left);
    /// The step failed: the branch goes where `onError` says, or fails (semantics 5.4).
    void failStep(const BranchPath &branch, const Step &step, Failure failure);
    /// The branch fails without a look at `onError` (step kind fail).
    void failBranch(const BranchPath &branch, const StepId &step, Failure failure);
    /// The branches whose path begins with `beginning` wait no more: their open waits, timers,
    /// activities and sub-flows are closed (semantics 7.3).
    void closeWithin(const BranchPath &beginning);
    /// So does this branch with all inside it.
    void closeBranch(const BranchPath &path);
    /// What is open on this branch itself is closed, but nothing inside it.
    void closeOn(const BranchPath &path);
    /// So are those of all branches.
    void closeEverything(Closing closing = {});
    /// Its instance is told to terminate, unless it lives on its own.
    void cancelSubFlow(Sequence subFlow, const Closing &closing = {});
    /// Whoever waits for this instance hears how it ended.
    void tellParent(std::variant<JsonText, Failure> outcome);
    /// The run ends and the next one begins with `input` (semantics 7.7).
    void continueAsNew(JsonText input);

    Sequence createTimer(TimerCreated timer);
    void cancelTimer(Sequence timer);
    void runAttempt(Sequence task);
    /// The next attempt of an open activity as the world is asked to make it.
    ActivityRequest request(Sequence task) const;

    void refuse(Error error, std::string undelivered = {});
    /// What an operation changes, for the audit log (semantics 9.7): the desk adds when and where.
    void audit(AuditEntry entry) { m_decision.audit = std::move(entry); }
    void receive(Reception reception) { m_decision.reception = reception; }
    void deliverNowhere(std::string reason) { m_decision.undelivered = std::move(reason); }
    /// A kept event goes to the log of undelivered events; the fact that takes it away comes after.
    void logEvent(const UntakenEvent &event, std::string reason);

    /// Events after this one are about to be offered again: whatever halts meanwhile has not seen
    /// them. 0: none are.
    Sequence offeringSince() const { return m_offeringSince; }
    void setOfferingSince(Sequence since) { m_offeringSince = since; }

    Decision finish() && { return std::move(m_decision); }

private:
    std::optional<JsonText> valueOfName(std::string_view name, const Place &place) const;
    std::vector<std::string> itemNamesAt(const BranchPath &branch) const;
    void closeAll(const std::vector<Sequence> &open, const Closing &closing);
    std::optional<JsonText> eventOfHandler(const BranchPath &branch) const;
    std::optional<JsonText> valueOfItem(std::string_view name, const BranchPath &branch) const;
    std::optional<JsonText> resultOfStep(std::string_view id, const BranchPath &branch) const;
    JsonText scopeOfScript(std::string_view code, const Place &place) const;
    std::vector<Fact> factsOfNextRun(JsonText input) const;
    JsonText allVariables() const;
    JsonText resultsOf(const std::vector<std::string> &steps, const BranchPath &branch) const;
    JsonText aboutInstance() const;

    const Given &m_given;
    Decision m_decision;
    Instant m_begun;
    int m_stepsEntered = 0;
    Sequence m_offeringSince = 0;
    std::uint64_t m_evaluations = 0;
};

} // namespace engine
