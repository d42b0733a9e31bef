#pragma once

#include "engine/base/calendar.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/model/template.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace engine {

/// A member of the file that this version does not know; kept, and refused at deployment.
struct UnknownMember {
    std::string key;
    JsonText value;

    bool operator==(const UnknownMember &) const = default;
};

/// When an activity is tried again (semantics 5.2). The total counts from the first attempt.
struct RetryPolicy {
    int attempts = 1; ///< including the first
    Duration first{0, Milliseconds{1000}};
    double growth = 2.0;
    std::optional<Duration> longest;
    std::optional<Duration> total;
    std::vector<std::string> never; ///< error types

    bool operator==(const RetryPolicy &) const = default;
};

/// Work in the world: `activity` names a kind of activities/builtin, `with` is its input.
struct ActivityStep {
    static constexpr const char *kind = "activity";
    std::string activity;
    Template with;
    std::optional<Duration> timeout; ///< of one attempt
    std::optional<RetryPolicy> retry;
    StepId next;

    bool operator==(const ActivityStep &) const = default;
};

/// How many of the named events a wait takes before it goes on (semantics 3.1).
enum class WaitMode { One, Any, All };

/// Waits for one event, any of several, all of several, or `count` of several.
struct WaitStep {
    static constexpr const char *kind = "wait";
    WaitMode mode = WaitMode::One;
    /// Names in the order of the file; the next step of each for Any, else empty ids.
    std::vector<std::pair<std::string, StepId>> events;
    std::optional<int> count; ///< n of; mode All only
    std::optional<Expression> where;
    std::optional<Template> timeout; ///< duration or date text, or an expression giving one
    std::optional<Template> fallback; ///< `default` in the file: the result when the time is up
    std::string clock; ///< empty or `pause` (semantics 3.8)
    StepId onTimeout;
    StepId next;

    bool operator==(const WaitStep &) const = default;
};

/// Goes on at a time. Exactly one of the three is given (semantics 4.1).
struct TimerStep {
    static constexpr const char *kind = "timer";
    std::optional<Template> after;
    std::optional<Template> at;
    std::optional<std::string> cron;
    std::string zone;
    StepId next;

    bool operator==(const TimerStep &) const = default;
};

struct ChoiceCase {
    std::string name; ///< shown on the edge; may be empty
    Expression when;
    StepId next;

    bool operator==(const ChoiceCase &) const = default;
};

/// The first case that is `true`, else `otherwise`.
struct ChoiceStep {
    static constexpr const char *kind = "choice";
    std::vector<ChoiceCase> cases;
    StepId otherwise;

    bool operator==(const ChoiceStep &) const = default;
};

/// Writes variables, appends to list variables, sets the custom status.
struct SetStep {
    static constexpr const char *kind = "set";
    std::vector<std::pair<std::string, Template>> variables;
    std::vector<std::pair<std::string, Template>> append;
    std::optional<Template> status;
    StepId next;

    bool operator==(const SetStep &) const = default;
};

/// Ends the instance with an output.
struct EndStep {
    static constexpr const char *kind = "end";
    std::optional<Template> output;

    bool operator==(const EndStep &) const = default;
};

/// Fails the branch.
struct FailStep {
    static constexpr const char *kind = "fail";
    Template type;
    std::optional<Template> message;
    std::optional<Template> details;

    bool operator==(const FailStep &) const = default;
};

/// Takes events of one name into a list until it has enough, a deadline comes or a condition holds,
/// whichever is first (semantics 3.6).
struct CollectStep {
    static constexpr const char *kind = "collect";
    std::string event;
    std::optional<int> count;         ///< `until.count`
    std::optional<Template> timeout;  ///< `until.timeout`: as of a wait
    std::optional<Expression> when;   ///< `until.when`: reads the list as `events`
    std::string clock;                ///< as of a wait
    StepId next;

    bool operator==(const CollectStep &) const = default;
};

/// What becomes of an interrupt that comes while a handler of the same one runs (semantics 8.2).
enum class InterruptMode { Queue, Drop, Latest };

/// An event that may come at any time and runs a handler: steps of its own (semantics 8.1).
struct Interrupt {
    std::string event;
    StepId next; ///< first step of the handler
    InterruptMode mode = InterruptMode::Queue;
    bool blocking = true; ///< the handler halts what it interrupts; else it runs beside
    std::vector<UnknownMember> unknown;

    bool operator==(const Interrupt &) const = default;
};

/// Starts a branch at each of `branches`, which meet again at `join` (semantics 7.4).
struct ParallelStep {
    static constexpr const char *kind = "parallel";
    std::vector<StepId> branches;
    StepId join;
    std::vector<Interrupt> interrupts; ///< of its branches

    bool operator==(const ParallelStep &) const = default;
};

/// How many branches a join waits for.
enum class JoinMode { All, Any, Count };

/// Where the branches of a parallel or for-each step meet (semantics 7.5).
struct JoinStep {
    static constexpr const char *kind = "join";
    JoinMode mode = JoinMode::All;
    int count = 0; ///< of mode Count
    StepId next;

    bool operator==(const JoinStep &) const = default;
};

/// Starts a branch at `first` for each item, some at a time; they meet at `join`, whose result is
/// the list of their results in the order of the items.
struct ForEachStep {
    static constexpr const char *kind = "forEach";
    static constexpr int usualAtOnce = 16;
    Expression items;
    std::string as; ///< what expressions call the item; empty: `item`
    StepId first;   ///< `do`
    std::optional<int> atOnce;
    StepId join;

    bool operator==(const ForEachStep &) const = default;
};

/// Starts an instance of another flow, and waits for its end unless told otherwise.
struct SubFlowStep {
    static constexpr const char *kind = "subFlow";
    Template flow;
    std::optional<int> version; ///< the newest if not given
    std::optional<Template> input;
    std::optional<Template> id; ///< of the instance; made if not given
    bool wait = true;
    StepId next;

    bool operator==(const SubFlowStep &) const = default;
};

/// Raises an event for another instance (semantics 7.8).
struct SendStep {
    static constexpr const char *kind = "send";
    Template instance;
    std::string event;
    std::optional<Template> data;
    StepId next;

    bool operator==(const SendStep &) const = default;
};

/// Posts a CloudEvent to a URL (semantics 7.8).
struct EmitStep {
    static constexpr const char *kind = "emit";
    Template url;
    Template type;
    std::optional<Template> data;
    std::optional<Duration> timeout; ///< of one attempt
    std::optional<RetryPolicy> retry;
    StepId next;

    bool operator==(const EmitStep &) const = default;
};

/// Begins a new run of the same instance with a fresh history (semantics 7.7).
struct ContinueAsNewStep {
    static constexpr const char *kind = "continueAsNew";
    std::optional<Template> input;

    bool operator==(const ContinueAsNewStep &) const = default;
};

/// What an outcome means to the policy of its approval (semantics 6.1).
enum class OutcomeKind { Positive, Negative, Neutral };

/// One of the answers that an approval can come to, and where it leads.
struct ApprovalOutcome {
    std::string name;
    OutcomeKind kind = OutcomeKind::Neutral;
    bool requiresComment = false; ///< `requireComment`
    StepId next;

    bool operator==(const ApprovalOutcome &) const = default;
};

/// Whose answers decide (semantics 6.2): the first one; all assignees; `count` of them; all, one after
/// the other.
enum class PolicyMode { First, Everyone, Count, InTurn };

/// When those who have not answered are reminded. At least one of the times is given.
struct Reminders {
    std::optional<Template> after; ///< of the first, from the opening on; else it is `every`
    std::optional<Template> every; ///< between two; without it there is one only
    std::optional<int> times;      ///< so many at most

    bool operator==(const Reminders &) const = default;
};

/// Whom an approval asks besides, or instead, when it has stood for so long.
struct Escalation {
    Template after; ///< from the opening on
    Template to;    ///< a name or a list of names
    bool replaces = false; ///< `replace`: those who have not answered are asked no longer

    bool operator==(const Escalation &) const = default;
};

/// Asks people (semantics 6).
struct ApprovalStep {
    static constexpr const char *kind = "approval";
    static constexpr const char *usualEvent = "Approval";
    std::optional<Template> title; ///< the step's name if not given
    std::optional<Template> text;
    std::optional<Template> assignees; ///< a name or a list of names
    PolicyMode policy = PolicyMode::First;
    int count = 0; ///< of PolicyMode::Count
    std::vector<ApprovalOutcome> outcomes;
    std::optional<JsonText> form; ///< JSON Schema of what comes with an answer
    bool requiresComment = false; ///< `requireComment`: with every outcome
    std::optional<Template> due;  ///< duration or date text, or an expression giving one
    std::optional<Reminders> remind;
    std::vector<Escalation> escalate; ///< in the order of their times
    std::string fallback;             ///< `default`: the outcome when the time is up
    std::string event;                ///< whose payloads are answers; empty: usualEvent
    std::string clock;                ///< as of a wait
    StepId onTimeout;

    bool operator==(const ApprovalStep &) const = default;
};

/// Words on the drawing, without meaning; nothing leads to it.
struct NoteStep {
    static constexpr const char *kind = "note";
    std::string text;

    bool operator==(const NoteStep &) const = default;
};

/// A kind that this version does not run: drawn grey, kept as written, refused at deployment.
struct UnknownStep {
    std::string kind;
    JsonText written;

    bool operator==(const UnknownStep &) const = default;
};

/// Ends the handler of an interrupt and lets go on what it halted (semantics 8.1).
struct ResumeStep {
    static constexpr const char *kind = "resume";

    bool operator==(const ResumeStep &) const = default;
};

using StepBody = std::variant<ActivityStep, WaitStep, CollectStep, TimerStep, ChoiceStep, SetStep,
    ParallelStep, JoinStep, ForEachStep, SubFlowStep, SendStep, EmitStep, ContinueAsNewStep, EndStep,
    FailStep, NoteStep, ApprovalStep, UnknownStep, ResumeStep>;

/// A box of the drawing.
struct Step {
    StepId id;
    std::string name; ///< shown instead of the id; may be empty: see displayName()
    StepBody body;
    /// Next step by error type, in the order of the file; `*` is any.
    std::vector<std::pair<std::string, StepId>> onError;
    std::vector<UnknownMember> unknown;

    bool operator==(const Step &) const = default;
};

} // namespace engine
