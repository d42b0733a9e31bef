#pragma once

#include "engine/model/step.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engine {

/// How an event that names no instance finds one (semantics 10.1): by equal keys.
struct Correlation {
    Expression event;    ///< over the payload
    Expression instance; ///< over the instance, evaluated when a wait opens

    bool operator==(const Correlation &) const = default;
};

/// An event starts an instance if none waits under its key (semantics 10.2). Both over the payload.
struct EventStart {
    std::optional<Template> id;    ///< of the instance; none: one is made
    std::optional<Template> input; ///< none: `null`

    bool operator==(const EventStart &) const = default;
};

/// An event that the flow declares (semantics 2.2).
struct EventDeclaration {
    std::string name;
    std::optional<JsonText> schema;
    std::string description;
    std::optional<JsonText> example;
    std::string onInvalid; ///< `reject` (also when empty), `fail`, `ignore`
    bool convert = true;
    std::vector<UnknownMember> unknown;
    std::optional<Correlation> correlate;
    std::string deliver;         ///< `one` (also when empty), `all`
    std::optional<Duration> ttl; ///< how long it is kept for a wait to open; none: defaultTtl
    std::optional<EventStart> startsFlow;

    bool operator==(const EventDeclaration &) const = default;
};

/// How long an event is kept under its key where its declaration says nothing: a week.
inline constexpr Duration defaultTtl{0, Milliseconds{7LL * 24 * 60 * 60 * 1000}};

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
    std::vector<Interrupt> interrupts; ///< of the whole instance
    std::string retention;             ///< ISO 8601 duration, or empty: for ever
    Layout layout;
    std::vector<UnknownMember> unknown;

    bool operator==(const Flow &) const = default;
};

/// Who declares interrupts: the flow, for the whole instance, or a parallel step, for its branches.
struct InterruptScope {
    StepId step; ///< empty: the flow
    std::vector<Interrupt> interrupts; ///< never empty

    bool operator==(const InterruptScope &) const = default;
};

/// A way out of a step: which, and where it leads (empty: nowhere yet).
struct Transition {
    enum class Kind { Next, Event, Case, Otherwise, Branch, Timeout, Error, Outcome };
    Kind kind = Kind::Next;
    /// Event name, case name or `1`, `2`…, number of a parallel branch from `1`, error type, name of an
    /// outcome; empty for the others.
    std::string label;
    StepId from;
    StepId to;

    bool operator==(const Transition &) const = default;
};

/// nullptr: there is none.
const Step *findStep(const Flow &flow, const StepId &id);
Step *findStep(Flow &flow, const StepId &id);
/// nullptr: not declared. Names match as in semantics 2.2.
const EventDeclaration *findEvent(const Flow &flow, std::string_view name);
/// All interrupts of the flow, by who declares them: the flow first, then its steps.
std::vector<InterruptScope> interruptScopes(const Flow &flow);
/// nullptr: it does not interrupt there.
const Interrupt *findInterrupt(const std::vector<Interrupt> &interrupts, std::string_view event);
/// `queue`, `drop` or `latest`.
std::string_view toText(InterruptMode mode);
std::optional<InterruptMode> interruptModeFromText(std::string_view text);
/// `wait`, `activity`, …, or the kind as written of an UnknownStep.
std::string_view kindName(const StepBody &body);
/// The name, or the id as words: `awaitPayment` is "Await payment".
std::string displayName(const Step &step);
/// All ways out in the order of the ports (canvas.md 4). Unset ones that the kind can have are
/// included with an empty `to`: `next` always (for any-of only with a `default`), `onTimeout` when there
/// is a timeout and no `default`.
std::vector<Transition> transitionsFrom(const Step &step);
/// Whose payloads are answers to an approval.
std::string eventOf(const ApprovalStep &approval);
/// The outcome of that name, without regard to the case of ASCII letters; nullptr: there is none.
const ApprovalOutcome *findOutcome(const ApprovalStep &approval, std::string_view name);
/// Points the way out `which` (its kind and label) at `to`, or at nothing. Adds an error way that is not
/// there yet; one that leads nowhere is removed, and so with the branches of a parallel step, whose
/// next number adds one.
void setTransition(Step &step, const Transition &which, const StepId &to);
/// Same name without regard to the case of ASCII letters.
bool sameEventName(std::string_view one, std::string_view other);
/// The form under which equal names are equal bytes.
std::string foldedEventName(std::string_view name);

} // namespace engine
