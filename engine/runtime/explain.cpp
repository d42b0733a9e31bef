#include "engine/runtime/explain.h"

#include "engine/history/rewound_history.h"
#include "engine/model/flow.h"
#include "engine/runtime/instance_state.h"
#include "engine/runtime/tasks/policy.h"

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

namespace engine {
namespace {

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "'" : ", '") + name + "'";
    return text;
}

bool wants(const OpenWait &wait, const std::string &name)
{
    return std::ranges::any_of(
        wait.names, [&name](const std::string &wanted) { return sameEventName(wanted, name); });
}

/// Follows a history and remembers what became of each event.
class Explainer
{
public:
    explicit Explainer(const Flow &flow)
        : m_flow(flow)
        , m_interrupts(interruptScopes(flow))
    {}

    void add(const HistoryEvent &event)
    {
        std::visit([&](const auto &fact) { note(event, fact); }, event.fact);
        apply(m_state, event.sequence, event.at, event.fact);
    }

    std::vector<EventVerdict> verdicts(const ExplainWish &wish) const
    {
        std::vector<EventVerdict> all;
        for (const auto &[sequence, verdict] : m_events) {
            if (isWished(verdict, wish))
                all.push_back(finished(verdict));
        }
        if (!wish.name.empty() && wish.event == 0)
            all.push_back(toCome(wish.name));
        return all;
    }

private:
    static bool isWished(const EventVerdict &verdict, const ExplainWish &wish)
    {
        if (wish.event != 0)
            return verdict.event == wish.event;
        return wish.name.empty() ? verdict.kept : sameEventName(verdict.name, wish.name);
    }

    void note(const HistoryEvent &event, const EventRaised &fact)
    {
        m_events[event.sequence] = {event.sequence, fact.name, event.at, true, {}, {}};
    }
    void note(const HistoryEvent &, const EventTaken &fact)
    {
        close(fact.event, "step '" + m_state.waits.at(fact.wait).step.value +
                              "' took it (wait " + std::to_string(fact.wait) + ")");
    }
    void note(const HistoryEvent &, const TaskAnswered &fact)
    {
        close(fact.event, "step '" + m_state.approvals.at(fact.task).step.value +
                              "' took it as an answer of " + fact.by + " (task " +
                              std::to_string(fact.task) + ")");
    }
    void note(const HistoryEvent &event, const EventIgnored &fact)
    {
        m_events[event.sequence] = {event.sequence, fact.name, event.at, false,
            "it was ignored and is in the log of undelivered events: " + fact.reason, {}};
    }
    void note(const HistoryEvent &, const EventDeleted &fact)
    {
        close(fact.event, "it was deleted" + told(fact.source, fact.reason));
    }
    void note(const HistoryEvent &, const EventHandedOn &fact)
    {
        close(fact.event, "it was handed on to instance '" + fact.to.value + "'" +
                              told(fact.source, fact.reason));
    }
    void note(const HistoryEvent &, const InterruptBegan &fact)
    {
        const std::string what = fact.only          ? "branch '" + fact.only->value + "'"
                                 : fact.region != 0 ? "the branches of step '" +
                                                          m_state.regions.at(fact.region).step.value + "'"
                                                    : "the instance";
        close(fact.event, (fact.beside ? "it began a handler beside " : "it interrupted ") + what +
                              " (branch '" + fact.branch.value + "')");
    }
    void note(const HistoryEvent &, const InterruptDropped &fact)
    {
        close(fact.event, fact.newer != 0
                              ? "it was dropped for event " + std::to_string(fact.newer) +
                                    ", which came later, and is in the log of undelivered events"
                              : "it was dropped because one of its name was being handled or "
                                "waited, and is in the log of undelivered events");
    }
    void note(const HistoryEvent &, const EventKeptAgain &fact)
    {
        if (const auto found = m_events.find(fact.event); found != m_events.end())
            found->second.kept = true;
    }
    void note(const HistoryEvent &, const auto &) {}

    static std::string told(const Source &source, const std::string &reason)
    {
        return " by " + (source.who.empty() ? source.via : source.who) +
               (reason.empty() ? "" : ": " + reason);
    }

    void close(Sequence event, std::string why)
    {
        const auto found = m_events.find(event);
        if (found == m_events.end())
            return;
        found->second.kept = false;
        found->second.why = std::move(why);
    }

    EventVerdict finished(EventVerdict verdict) const
    {
        if (!verdict.kept)
            return verdict;
        const auto kept = m_state.kept.find(verdict.event);
        if (kept == m_state.kept.end()) {
            verdict.kept = false;
            verdict.why = "the instance ended before a step asked for it";
            return verdict;
        }
        for (const auto &[wait, open] : m_state.waits)
            verdict.waits.push_back(judged(verdict.event, kept->second, wait, open));
        verdict.why = m_state.waits.empty()
                          ? "no wait is open; it is kept until one for its name opens"
                          : "no open wait takes it; it is kept until one for its name opens";
        if (isInterrupt(kept->second.name))
            verdict.why = whyItDoesNotInterrupt(kept->second);
        if (isYetToBeOffered(verdict.event))
            verdict.why = "the instance is suspended; it is offered when the instance resumes";
        return verdict;
    }

    bool isInterrupt(const std::string &name) const
    {
        return std::ranges::any_of(m_interrupts, [&name](const InterruptScope &scope) {
            return findInterrupt(scope.interrupts, name) != nullptr;
        });
    }

    /// Where it interrupts that is there now.
    bool isThere(const InterruptScope &scope, const std::optional<BranchPath> &branch) const
    {
        if (scope.step.empty())
            return !branch || branch->empty();
        return std::ranges::any_of(m_state.regions, [&](const auto &one) {
            const auto named = branch ? m_state.branches.find(*branch) : m_state.branches.end();
            const bool inside = named != m_state.branches.end() && named->second.region == one.first;
            return one.second.step == scope.step &&
                   (!branch || *branch == one.second.branch || inside);
        });
    }

    std::string whyItDoesNotInterrupt(const UntakenEvent &kept) const
    {
        std::string steps;
        for (const InterruptScope &scope : m_interrupts) {
            if (!findInterrupt(scope.interrupts, kept.name))
                continue;
            if (isThere(scope, kept.branch))
                return "it interrupts, and waits its turn: " + handlersThatRun();
            steps += (steps.empty() ? "step '" : " or step '") + scope.step.value + "'";
        }
        if (kept.branch)
            return "it interrupts branch '" + kept.branch->value +
                   "' alone, which is not there; it is kept until it is";
        return "it interrupts the branches of " + steps + "; it is kept until they run";
    }

    std::string handlersThatRun() const
    {
        std::string text;
        for (const auto &[sequence, open] : m_state.interrupts)
            text += (text.empty() ? "the handler at branch '" : ", '") + open.handler.value + "'";
        return text.empty() ? "the instance has not begun" : text + " runs";
    }

    /// The interrupt that halts the wait.
    const OpenInterrupt *halting(const OpenWait &wait) const
    {
        const OpenInterrupt *first = nullptr;
        for (const auto &[sequence, open] : m_state.interrupts) {
            if (!open.beside && interrupts(m_state, open, wait.branch) &&
                (!first || open.since < first->since))
                first = &open;
        }
        return first;
    }

    bool isYetToBeOffered(Sequence event) const
    {
        return m_state.suspended != 0 && event > m_state.suspended;
    }

    WaitVerdict judged(
        Sequence event, const UntakenEvent &kept, Sequence wait, const OpenWait &open) const
    {
        WaitVerdict verdict{wait, open.branch, open.step, open.names, false, {}};
        const auto failure = kept.whereFailures.find(open.step);
        if (kept.task != 0 && kept.task != wait)
            verdict.why = "the event is an answer to task " + std::to_string(kept.task);
        else if (!wants(open, kept.name))
            verdict.why = "it waits for " + joined(open.names);
        else if (kept.branch && *kept.branch != open.branch)
            verdict.why = "the event is for branch '" + kept.branch->value +
                          "', and this wait stands on branch '" + open.branch.value + "'";
        else if (!fitsKey(open.keys, kept.name, kept.key))
            verdict.why = "the event is for who waits under the key '" + kept.key +
                          "', and this wait stands under " + keyOf(open, kept.name);
        else if (isYetToBeOffered(event))
            verdict = {wait, open.branch, open.step, open.names, true,
                "the event is offered to it when the instance resumes"};
        else if (const OpenInterrupt *interrupt = halting(open);
                 interrupt && event > interrupt->since)
            verdict = {wait, open.branch, open.step, open.names, true,
                "the event is offered to it when the handler of '" + interrupt->name + "' is done"};
        else if (m_state.approvals.contains(wait))
            verdict.why = whyNoAnswer(wait, kept);
        else if (failure != kept.whereFailures.end())
            verdict.why = "its 'where' could not be evaluated: " + failure->second;
        else
            verdict.why = "its 'where' was not true for this event; each pair of event and wait is "
                          "asked once";
        return verdict;
    }

    static std::string keyOf(const OpenWait &open, const std::string &foldedName)
    {
        const auto key = open.keys.find(foldedName);
        return key == open.keys.end() ? "none" : "'" + key->second + "'";
    }

    /// As the task stands now; why it did not take the event then may have been another reason.
    std::string whyNoAnswer(Sequence task, const UntakenEvent &kept) const
    {
        const OpenApproval &open = m_state.approvals.at(task);
        const Step *step = findStep(m_flow, open.step);
        const auto *approval = step ? std::get_if<ApprovalStep>(&step->body) : nullptr;
        const auto error = approval ? engine::whyNoAnswer(*approval, open,
                                          m_state.branches.at(open.branch).answers, kept.payload,
                                          kept.source)
                                    : std::nullopt;
        return error ? error->message
                     : "it would be an answer now; a task looks at kept events when it opens";
    }

    EventVerdict toCome(const std::string &name) const
    {
        EventVerdict verdict{0, name, m_state.changedAt, false, {}, {}};
        bool wanted = false;
        for (const auto &[wait, open] : m_state.waits) {
            const bool one = wants(open, name);
            wanted = wanted || one;
            verdict.waits.push_back({wait, open.branch, open.step, open.names, one,
                one ? "it wants this name" + underKey(open, name) +
                          "; a 'where' of its step decides over the payload"
                    : "it waits for " + joined(open.names)});
        }
        if (isFinished(m_state))
            verdict.why = "the instance is over: the event would be refused and go to the log of "
                          "undelivered events";
        else if (m_state.suspended != 0)
            verdict.why = "the instance is suspended: the event would be kept until it resumes";
        else if (isInterrupt(name))
            verdict.why = whatItWouldInterrupt(name);
        else if (wanted)
            verdict.why = "the event would be offered to the waits that want its name, oldest first";
        else
            verdict.why = "no open wait wants this name: the event would be kept until one opens";
        return verdict;
    }

    /// How the wait is found by an event that names no instance.
    static std::string underKey(const OpenWait &open, const std::string &name)
    {
        const std::string folded = foldedEventName(name);
        return open.keys.contains(folded) ? " under the key " + keyOf(open, folded) : std::string();
    }

    std::string whatItWouldInterrupt(const std::string &name) const
    {
        for (const InterruptScope &scope : m_interrupts) {
            const Interrupt *interrupt = findInterrupt(scope.interrupts, name);
            if (!interrupt || !isThere(scope, {}))
                continue;
            const std::string what =
                scope.step.empty() ? "the instance" : "the branches of step '" + scope.step.value + "'";
            if (m_state.interrupts.empty())
                return "the event would interrupt " + what + ": its handler would begin at step '" +
                       interrupt->next.value + "'";
            return "the event would interrupt " + what + "; " + handlersThatRun() +
                   ", and of those that halt the same, one runs at a time (" +
                   std::string(toText(interrupt->mode)) + ")";
        }
        return "the event interrupts branches that do not run now: it would be kept until they do";
    }

    const Flow &m_flow;
    std::vector<InterruptScope> m_interrupts;
    InstanceState m_state;
    std::map<Sequence, EventVerdict> m_events;
};

} // namespace

Result<std::vector<EventVerdict>> explain(
    const std::vector<HistoryEvent> &history, const ExplainWish &wish, const Flow &flow)
{
    Explainer explainer(flow);
    try {
        for (const HistoryEvent &event : counted(history))
            explainer.add(event);
    } catch (const std::exception &fault) {
        return Error{ErrorCode::Damaged, fault.what(), {}};
    }
    return explainer.verdicts(wish);
}

} // namespace engine
