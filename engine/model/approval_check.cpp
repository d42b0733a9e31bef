#include "engine/model/approval_check.h"

#include "engine/base/calendar.h"
#include "engine/base/json_pointer.h"
#include "engine/model/constant_text.h"
#include "engine/model/nearest_name.h"
#include "engine/model/schema/schema.h"
#include "engine/model/time_mends.h"
#include "engine/model/wait_check.h"
#include "engine/model/written_json.h"

#include <algorithm>
#include <optional>
#include <set>

namespace engine {
namespace {

/// The names in a constant; nothing if it is no constant, or no names.
std::optional<std::vector<std::string>> constantPeople(const Template &people)
{
    const std::string &text = people.written.text();
    const auto written = writtenJson(text);
    if (!isConstant(people) || !written)
        return {};
    std::vector<std::string> names;
    if (written->kind == JsonKind::String)
        names.push_back(unquoted(written->in(text)));
    for (const WrittenMember &member : written->members) {
        if (member.value.kind != JsonKind::String)
            return {};
        names.push_back(unquoted(member.value.in(text)));
    }
    return names;
}

/// Whether it can be a name or a list of names.
bool canBePeople(const Template &people)
{
    const auto written = writtenJson(people.written.text());
    if (!written)
        return false;
    const auto isText = [](const WrittenMember &one) { return one.value.kind == JsonKind::String; };
    return written->kind == JsonKind::String ||
           (written->kind == JsonKind::Array && std::ranges::all_of(written->members, isText));
}

/// How long a constant duration is, roughly where it has months.
std::optional<Milliseconds> constantLength(const Template &value)
{
    const auto text = constantText(value);
    const auto duration = text ? durationFromText(*text) : Error{};
    if (!text || !duration)
        return {};
    return (Instant{} + *duration) - Instant{};
}

class ApprovalCheck
{
public:
    ApprovalCheck(
        const Flow &flow, const Step &step, const ApprovalStep &approval, CheckReport &report)
        : m_flow(flow)
        , m_step(step)
        , m_approval(approval)
        , m_report(report)
    {}

    void checkOutcomes()
    {
        if (m_approval.outcomes.empty())
            m_report
                .error("missing-outcomes", place("outcomes"),
                    "Say with 'outcomes' what can be answered.")
                .mend(usualOutcomes());
        std::set<std::string> names;
        for (const ApprovalOutcome &outcome : m_approval.outcomes) {
            const CheckPlace at = place("outcomes", outcome.name);
            if (outcome.name.empty())
                m_report.error("missing-name", at, "An outcome needs a name.");
            else if (!names.insert(foldedEventName(outcome.name)).second)
                m_report.error("same-name", at,
                    "Another outcome has the name '%1', but for upper and lower case.",
                    {outcome.name});
        }
    }

    void checkPeople()
    {
        const bool asksAll = m_approval.policy == PolicyMode::Everyone ||
                             m_approval.policy == PolicyMode::InTurn;
        if (asksAll && !m_approval.assignees)
            m_report.error("missing-assignees", place("assignees"),
                "Say with 'assignees' who must agree.");
        if (m_approval.assignees && !canBePeople(*m_approval.assignees))
            m_report.error("wrong-type", place("assignees"),
                "'assignees' must be a name or a list of names.");
        else if (const auto people =
                     m_approval.assignees ? constantPeople(*m_approval.assignees) : std::nullopt)
            checkNames(*people);
        const bool canAgree = std::ranges::any_of(m_approval.outcomes,
            [](const ApprovalOutcome &one) { return one.kind == OutcomeKind::Positive; });
        if (m_approval.policy != PolicyMode::First && !canAgree && !m_approval.outcomes.empty())
            m_report.error("no-positive-outcome", place("outcomes"),
                "Several people must agree, but no outcome is 'positive'.");
    }

    void checkTimes()
    {
        if (m_approval.due)
            checkTimeoutText(place("due"), *m_approval.due, m_report);
        if (m_approval.remind)
            checkReminders(*m_approval.remind);
        std::optional<Milliseconds> before;
        for (std::size_t i = 0; i < m_approval.escalate.size(); ++i)
            before = checkEscalation(i, before);
        checkClock(place("clock"), m_approval.clock, m_report);
    }

    void checkDue()
    {
        if (!m_approval.fallback.empty() && !findOutcome(m_approval, m_approval.fallback))
            m_report
                .error("unknown-outcome", place("default"), "There is no outcome '%1'.",
                    {m_approval.fallback})
                .mend(mendOfName(place("default").pointer, m_approval.fallback, outcomeNames()));
        if (!m_approval.due)
            return withoutDue();
        if (!m_approval.fallback.empty() && !m_approval.onTimeout.empty())
            unused("unused-default", "default",
                "'default' is never used, because 'onTimeout' says where to go.");
        const bool handled = std::ranges::any_of(m_step.onError,
            [](const auto &way) { return way.first == "TimeoutError" || way.first == "*"; });
        if (m_approval.fallback.empty() && m_approval.onTimeout.empty() && !handled)
            m_report.hint("timeout-fails", place("due"),
                "When the time is up the flow fails with TimeoutError: it has no 'onTimeout' and "
                "no 'default'.");
    }

    void checkRest()
    {
        if (m_approval.form)
            for (const SchemaFault &fault : schemaProblems(*m_approval.form))
                m_report.error("wrong-schema",
                    {m_step.id, place("form").pointer + fault.pointer}, "%1", {fault.message});
        const std::string event = eventOf(m_approval);
        const auto scopes = interruptScopes(m_flow);
        const bool interrupts = std::ranges::any_of(scopes,
            [&event](const InterruptScope &scope) { return findInterrupt(scope.interrupts, event); });
        // Nobody has to declare the usual one: the form of its payloads is known.
        if (!m_approval.event.empty() || findEvent(m_flow, event) || interrupts)
            checkEventName(m_flow, place("event"), event, m_report);
    }

private:
    CheckPlace place(std::string_view member) const { return placeOf(m_step.id, member); }
    template<typename Key>
    CheckPlace place(std::string_view member, const Key &key) const
    {
        return {m_step.id, childPointer(place(member).pointer, key)};
    }

    Mend usualOutcomes() const
    {
        const bool isThere =
            m_report.absent(placeOf(m_step.id).pointer, {"outcomes"}).empty();
        return {isThere ? Mend::Kind::Replace : Mend::Kind::Add, place("outcomes").pointer,
            R"({"approve": {"kind": "positive"}, "reject": {"kind": "negative"}})"};
    }

    std::vector<std::string> outcomeNames() const
    {
        std::vector<std::string> names;
        for (const ApprovalOutcome &outcome : m_approval.outcomes)
            names.push_back(outcome.name);
        return names;
    }

    void unused(std::string id, std::string_view member, std::string text)
    {
        m_report.warning(std::move(id), place(member), std::move(text))
            .mend(removeMember(place(member).pointer));
    }

    void checkNames(const std::vector<std::string> &people)
    {
        std::set<std::string> names;
        for (const std::string &name : people) {
            if (name.empty())
                m_report.error("missing-name", place("assignees"), "A name is empty.");
            else if (!names.insert(foldedEventName(name)).second)
                m_report.warning(
                    "same-name", place("assignees"), "'%1' is named twice and asked once.", {name});
        }
        if (m_approval.policy == PolicyMode::Count && m_approval.count > int(names.size()))
            m_report.error("wrong-count", place("policy"),
                "It needs %1 who agree, and asks only %2.",
                {std::to_string(m_approval.count), std::to_string(names.size())});
    }

    void checkLength(const CheckPlace &at, const Template &value)
    {
        const auto text = constantText(value);
        if (!text)
            return;
        const auto duration = durationFromText(*text);
        if (!duration)
            m_report.error("wrong-duration", at, "%1.", {duration.error().message})
                .mend(mendOfDuration(at.pointer, *text));
        else if (duration->months == 0 && duration->rest <= Milliseconds(0))
            m_report.error("wrong-duration", at, "'%1' is no time at all.", {*text});
    }

    void checkReminders(const Reminders &remind)
    {
        const bool isText = remind.every && !remind.after && !remind.times;
        if (!remind.after && !remind.every)
            m_report.error("missing-time", place("remind"),
                "Say with 'after' or 'every' when somebody is reminded.");
        if (remind.after)
            checkLength(place("remind", "after"), *remind.after);
        if (remind.every)
            checkLength(isText && !m_report.absent(place("remind").pointer, {"every"}).empty()
                            ? place("remind")
                            : place("remind", "every"),
                *remind.every);
        if (!remind.every && remind.times.value_or(1) > 1)
            m_report.warning("unused-times", place("remind", "times"),
                "There is one reminder only, because there is no 'every'.");
    }

    /// How long after the opening it is, where that is known.
    std::optional<Milliseconds> checkEscalation(
        std::size_t index, std::optional<Milliseconds> before)
    {
        const Escalation &level = m_approval.escalate[index];
        const bool isList = m_report.absent(place("escalate").pointer, {"after"}).empty() == false;
        const CheckPlace at = isList ? place("escalate", index) : place("escalate");
        const CheckPlace after{m_step.id, childPointer(at.pointer, "after")};
        if (constantText(level.after) == "")
            m_report.error("missing-time", after, "Say with 'after' when it is escalated.");
        else
            checkTimeoutText(after, level.after, m_report);
        if (level.to.written.isNull() || constantText(level.to) == "")
            m_report.error("missing-assignees", {m_step.id, childPointer(at.pointer, "to")},
                "Say with 'to' who is asked then.");
        else if (!canBePeople(level.to))
            m_report.error("wrong-type", {m_step.id, childPointer(at.pointer, "to")},
                "'to' must be a name or a list of names.");
        const auto length = constantLength(level.after);
        const auto due = m_approval.due ? constantLength(*m_approval.due) : std::nullopt;
        if (length && before && *length <= *before)
            m_report.warning("wrong-order", after, "It comes no later than the level before.");
        if (length && due && *length >= *due)
            m_report.warning("never-escalated", after, "It is due before it is escalated.");
        return length ? length : before;
    }

    void withoutDue()
    {
        if (!m_approval.fallback.empty())
            unused("unused-default", "default",
                "'default' is never used, because there is no 'due'.");
        if (!m_approval.onTimeout.empty())
            unused("unused-timeout", "onTimeout",
                "'onTimeout' is never taken, because there is no 'due'.");
        m_report.hint("endless-wait", placeOf(m_step.id), "It waits for ever: it is never due.");
    }

    const Flow &m_flow;
    const Step &m_step;
    const ApprovalStep &m_approval;
    CheckReport &m_report;
};

} // namespace

void checkApproval(
    const Flow &flow, const Step &step, const ApprovalStep &approval, CheckReport &report)
{
    ApprovalCheck check(flow, step, approval, report);
    check.checkOutcomes();
    check.checkPeople();
    check.checkTimes();
    check.checkDue();
    check.checkRest();
}

} // namespace engine
