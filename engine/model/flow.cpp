#include "engine/model/flow.h"

#include "engine/base/enum_names.h"
#include "engine/base/overloaded.h"
#include "engine/model/written_json.h"

#include <algorithm>

namespace engine {
namespace {

constexpr EnumNames<InterruptMode, 3> interruptModes{{
    {InterruptMode::Queue, "queue"},
    {InterruptMode::Drop, "drop"},
    {InterruptMode::Latest, "latest"},
}};

bool isUpper(char letter) { return letter >= 'A' && letter <= 'Z'; }

bool isDigit(char letter) { return letter >= '0' && letter <= '9'; }

char lower(char letter) { return isUpper(letter) ? static_cast<char>(letter - 'A' + 'a') : letter; }

char upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

bool beginsWord(std::string_view id, std::size_t at)
{
    const char before = id[at - 1];
    const char here = id[at];
    if (isUpper(here)) {
        const bool lowerAhead = at + 1 < id.size() && !isUpper(id[at + 1]) && !isDigit(id[at + 1]);
        return !isUpper(before) || lowerAhead;
    }
    return isDigit(here) && !isDigit(before) && !isUpper(before);
}

/// "awaitHTTPAnswer_2" in the words "await", "HTTP", "Answer", "2".
std::vector<std::string> wordsOf(std::string_view id)
{
    constexpr std::string_view between = "_-. ";
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < id.size(); ++i) {
        const bool space = between.find(id[i]) != std::string_view::npos;
        if (!words.back().empty() && (space || beginsWord(id, i)))
            words.emplace_back();
        if (!space)
            words.back() += id[i];
    }
    std::erase(words, std::string());
    return words;
}

bool isAcronym(std::string_view word)
{
    return word.size() > 1 && std::ranges::all_of(word,
                                  [](char letter) { return isUpper(letter) || isDigit(letter); });
}

/// A case goes by its name where that says which one it is, else by its number.
std::string caseLabel(const ChoiceStep &choice, std::size_t index)
{
    const std::string &name = choice.cases[index].name;
    if (!name.empty() && std::ranges::count(choice.cases, name, &ChoiceCase::name) == 1)
        return name;
    return std::to_string(index + 1);
}

/// `next` of a kind that we do not know, for the drawing.
StepId writtenNext(const UnknownStep &step)
{
    const auto written = writtenJson(step.written.text());
    const WrittenValue *next = written ? findMember(*written, "next") : nullptr;
    if (!next || next->kind != JsonKind::String)
        return {};
    return {unquoted(next->in(step.written.text()))};
}

void writeNext(UnknownStep &step, const StepId &to)
{
    const auto written = writtenJson(step.written.text());
    const WrittenValue *next = written ? findMember(*written, "next") : nullptr;
    if (!next)
        return;
    std::string text = step.written.text();
    text.replace(next->begin, next->end - next->begin, JsonText::ofString(to.value).text());
    step.written = JsonText::trusted(std::move(text));
}

/// A way out and where the step keeps its target.
struct Way {
    Transition::Kind kind;
    std::string label;
    const StepId *to;
};

using Kind = Transition::Kind;

std::vector<Way> waysOf(const WaitStep &wait)
{
    std::vector<Way> ways;
    if (wait.mode == WaitMode::Any)
        for (const auto &[event, to] : wait.events)
            ways.push_back({Kind::Event, event, &to});
    if (wait.mode != WaitMode::Any || wait.fallback || !wait.next.empty())
        ways.push_back({Kind::Next, {}, &wait.next});
    return ways;
}

std::vector<Way> waysOf(const ChoiceStep &choice)
{
    std::vector<Way> ways;
    for (std::size_t i = 0; i < choice.cases.size(); ++i)
        ways.push_back({Kind::Case, caseLabel(choice, i), &choice.cases[i].next});
    ways.push_back({Kind::Otherwise, {}, &choice.otherwise});
    return ways;
}

std::vector<Way> waysOf(const ParallelStep &parallel)
{
    std::vector<Way> ways;
    for (std::size_t i = 0; i < parallel.branches.size(); ++i)
        ways.push_back({Kind::Branch, std::to_string(i + 1), &parallel.branches[i]});
    return ways;
}

std::vector<Way> waysOf(const ForEachStep &each) { return {{Kind::Branch, {}, &each.first}}; }

std::vector<Way> waysOf(const ApprovalStep &approval)
{
    std::vector<Way> ways;
    for (const ApprovalOutcome &outcome : approval.outcomes)
        ways.push_back({Kind::Outcome, outcome.name, &outcome.next});
    return ways;
}

std::vector<Way> waysOf(const EndStep &) { return {}; }

std::vector<Way> waysOf(const FailStep &) { return {}; }

std::vector<Way> waysOf(const ContinueAsNewStep &) { return {}; }

std::vector<Way> waysOf(const NoteStep &) { return {}; }

std::vector<Way> waysOf(const UnknownStep &) { return {}; }

std::vector<Way> waysOf(const ResumeStep &) { return {}; }

/// The kinds that have their `next` alone.
template<typename Body>
std::vector<Way> waysOf(const Body &body)
{
    return {{Kind::Next, {}, &body.next}};
}

std::vector<Way> waysOf(const StepBody &body)
{
    return std::visit([](const auto &one) { return waysOf(one); }, body);
}

/// Takes the branch out, points it elsewhere, or adds the next one.
void setBranch(ParallelStep &parallel, const std::string &label, const StepId &to)
{
    for (std::size_t i = 0; i < parallel.branches.size(); ++i) {
        if (std::to_string(i + 1) != label)
            continue;
        if (to.empty())
            parallel.branches.erase(parallel.branches.begin() + std::ptrdiff_t(i));
        else
            parallel.branches[i] = to;
        return;
    }
    if (!to.empty())
        parallel.branches.push_back(to);
}

std::vector<Way> waysOf(const Step &step)
{
    std::vector<Way> ways = waysOf(step.body);
    for (const auto &[type, to] : step.onError)
        ways.push_back({Kind::Error, type, &to});
    if (const auto *wait = std::get_if<WaitStep>(&step.body))
        if (!wait->onTimeout.empty() || (wait->timeout && !wait->fallback))
            ways.push_back({Kind::Timeout, {}, &wait->onTimeout});
    if (const auto *approval = std::get_if<ApprovalStep>(&step.body))
        if (!approval->onTimeout.empty() || (approval->due && approval->fallback.empty()))
            ways.push_back({Kind::Timeout, {}, &approval->onTimeout});
    return ways;
}

} // namespace

const Step *findStep(const Flow &flow, const StepId &id)
{
    const auto found = std::ranges::find(flow.steps, id, &Step::id);
    return found == flow.steps.end() ? nullptr : &*found;
}

Step *findStep(Flow &flow, const StepId &id)
{
    const auto found = std::ranges::find(flow.steps, id, &Step::id);
    return found == flow.steps.end() ? nullptr : &*found;
}

const EventDeclaration *findEvent(const Flow &flow, std::string_view name)
{
    const auto found = std::ranges::find_if(flow.events,
        [name](const EventDeclaration &event) { return sameEventName(event.name, name); });
    return found == flow.events.end() ? nullptr : &*found;
}

std::vector<InterruptScope> interruptScopes(const Flow &flow)
{
    std::vector<InterruptScope> scopes;
    if (!flow.interrupts.empty())
        scopes.push_back({{}, flow.interrupts});
    for (const Step &step : flow.steps) {
        const auto *parallel = std::get_if<ParallelStep>(&step.body);
        if (parallel && !parallel->interrupts.empty())
            scopes.push_back({step.id, parallel->interrupts});
    }
    return scopes;
}

const Interrupt *findInterrupt(const std::vector<Interrupt> &interrupts, std::string_view event)
{
    const auto found = std::ranges::find_if(interrupts,
        [event](const Interrupt &one) { return sameEventName(one.event, event); });
    return found == interrupts.end() ? nullptr : &*found;
}

std::string_view toText(InterruptMode mode) { return nameOf(interruptModes, mode); }

std::optional<InterruptMode> interruptModeFromText(std::string_view text)
{
    return valueNamed(interruptModes, text);
}

std::string_view kindName(const StepBody &body)
{
    return std::visit(Overloaded{
                          [](const UnknownStep &step) { return std::string_view(step.kind); },
                          [](const auto &step) { return std::string_view(step.kind); },
                      },
        body);
}

std::string displayName(const Step &step)
{
    if (!step.name.empty())
        return step.name;
    std::string name;
    for (std::string &word : wordsOf(step.id.value)) {
        if (!isAcronym(word))
            word.front() = name.empty() ? upper(word.front()) : lower(word.front());
        name += (name.empty() ? "" : " ") + word;
    }
    return name;
}

std::vector<Transition> transitionsFrom(const Step &step)
{
    std::vector<Transition> transitions;
    if (const auto *unknown = std::get_if<UnknownStep>(&step.body)) {
        if (const StepId next = writtenNext(*unknown); !next.empty())
            transitions.push_back({Kind::Next, {}, step.id, next});
        return transitions;
    }
    for (const Way &way : waysOf(step))
        transitions.push_back({way.kind, way.label, step.id, *way.to});
    return transitions;
}

void setTransition(Step &step, const Transition &which, const StepId &to)
{
    if (auto *unknown = std::get_if<UnknownStep>(&step.body)) {
        if (which.kind == Kind::Next)
            writeNext(*unknown, to);
        return;
    }
    if (which.kind == Kind::Error && to.empty()) {
        std::erase_if(step.onError, [&](const auto &way) { return way.first == which.label; });
        return;
    }
    if (auto *parallel = std::get_if<ParallelStep>(&step.body);
        parallel && which.kind == Kind::Branch)
        return setBranch(*parallel, which.label, to);
    if (auto *wait = std::get_if<WaitStep>(&step.body); wait && which.kind == Kind::Timeout)
        wait->onTimeout = to;
    if (auto *wait = std::get_if<WaitStep>(&step.body); wait && which.kind == Kind::Next)
        wait->next = to;
    if (auto *approval = std::get_if<ApprovalStep>(&step.body);
        approval && which.kind == Kind::Timeout)
        approval->onTimeout = to;
    for (const Way &way : waysOf(step)) {
        if (way.kind == which.kind && way.label == which.label) {
            const_cast<StepId &>(*way.to) = to; // it is a part of `step`, which may change
            return;
        }
    }
    if (which.kind == Kind::Error)
        step.onError.emplace_back(which.label, to);
}

std::string eventOf(const ApprovalStep &approval)
{
    return approval.event.empty() ? ApprovalStep::usualEvent : approval.event;
}

const ApprovalOutcome *findOutcome(const ApprovalStep &approval, std::string_view name)
{
    const auto found = std::ranges::find_if(approval.outcomes,
        [name](const ApprovalOutcome &outcome) { return sameEventName(outcome.name, name); });
    return found == approval.outcomes.end() ? nullptr : &*found;
}

std::string foldedEventName(std::string_view name)
{
    std::string folded(name);
    std::ranges::transform(folded, folded.begin(), lower);
    return folded;
}

bool sameEventName(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, {}, lower, lower);
}

} // namespace engine
