#pragma once

#include "engine/base/calendar.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/model/template.h"

#include <map>
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

/// A kind that this version does not run: drawn grey, kept as written, refused at deployment.
struct UnknownStep {
    std::string kind;
    JsonText written;

    bool operator==(const UnknownStep &) const = default;
};

using StepBody = std::variant<ActivityStep, WaitStep, TimerStep, ChoiceStep, SetStep, EndStep,
    FailStep, UnknownStep>;

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

/// An event that the flow declares (semantics 2.2).
struct EventDeclaration {
    std::string name;
    std::optional<JsonText> schema;
    std::string description;
    std::optional<JsonText> example;
    std::string onInvalid; ///< `reject` (also when empty), `fail`, `ignore`
    bool convert = true;
    std::vector<UnknownMember> unknown; ///< correlate, deliver, ttl, startsFlow: later versions

    bool operator==(const EventDeclaration &) const = default;
};

/// Centre of a step, in flow pixels, on the 10 px grid.
struct Position {
    int x = 0;
    int y = 0;

    bool operator==(const Position &) const = default;
};

/// Where things are drawn; the engine stores it unread.
struct Layout {
    std::string direction; ///< empty or `down`, or `right`
    std::vector<std::pair<StepId, Position>> steps; ///< in the order of the file
    JsonText notes;                                 ///< as written; `null` if absent
    std::vector<UnknownMember> unknown;

    bool operator==(const Layout &) const = default;
};

/// What a person drew: steps and transitions (flow-format.md). A plain value.
struct Flow {
    FlowId name;
    std::string description;
    std::optional<JsonText> input; ///< JSON Schema of the input
    std::vector<EventDeclaration> events;
    std::vector<std::pair<std::string, JsonText>> variables; ///< with their first values
    StepId start;
    std::vector<Step> steps; ///< in the order of the file
    std::optional<JsonText> interrupts; ///< as written; run from a later version on
    std::string retention;              ///< ISO 8601 duration, or empty: for ever
    Layout layout;
    std::vector<UnknownMember> unknown;

    bool operator==(const Flow &) const = default;
};

/// A way out of a step: which, and where it leads (empty: nowhere yet).
struct Transition {
    enum class Kind { Next, Event, Case, Otherwise, Timeout, Error };
    Kind kind = Kind::Next;
    std::string label; ///< event name, case name or `1`, `2`…, error type; empty for the others
    StepId from;
    StepId to;

    bool operator==(const Transition &) const = default;
};

/// nullptr: there is none.
const Step *findStep(const Flow &flow, const StepId &id);
Step *findStep(Flow &flow, const StepId &id);
/// nullptr: not declared. Names match as in semantics 2.2.
const EventDeclaration *findEvent(const Flow &flow, std::string_view name);
/// `wait`, `activity`, …, or the kind as written of an UnknownStep.
std::string_view kindName(const StepBody &body);
/// The name, or the id as words: `awaitPayment` is "Await payment".
std::string displayName(const Step &step);
/// All ways out in the order of the ports (canvas.md 4). Unset ones that the kind can have are
/// included with an empty `to`: `next` always (for any-of only with a `default`), `onTimeout` when there
/// is a timeout and no `default`.
std::vector<Transition> transitionsFrom(const Step &step);
/// Points the way out `which` (its kind and label) at `to`, or at nothing. Adds an error way that is not
/// there yet; one that leads nowhere is removed.
void setTransition(Step &step, const Transition &which, const StepId &to);
/// Same name without regard to the case of ASCII letters.
bool sameEventName(std::string_view one, std::string_view other);
/// The form under which equal names are equal bytes.
std::string foldedEventName(std::string_view name);

} // namespace engine
