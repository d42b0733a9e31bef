#include "engine/model/wait_check.h"

#include "engine/base/calendar.h"
#include "engine/base/json_pointer.h"
#include "engine/model/constant_text.h"
#include "engine/model/nearest_name.h"
#include "engine/model/time_mends.h"

#include <algorithm>
#include <span>

namespace engine {
namespace {

bool interrupts(const Flow &flow, const std::string &name)
{
    return findInterrupt(flow.interrupts, name) ||
           std::ranges::any_of(flow.steps, [&name](const Step &step) {
               const auto *parallel = std::get_if<ParallelStep>(&step.body);
               return parallel && findInterrupt(parallel->interrupts, name);
           });
}

Mend named(const CheckPlace &place, const std::string &name, const CheckReport &report, NameForm form)
{
    if (form == NameForm::Key)
        return renameMember(place.pointer, name);
    const auto member = place.pointer.rfind('/');
    const bool isUnsaid = !report // an approval need not say which event it listens to
                               .absent(place.pointer.substr(0, member),
                                   {place.pointer.substr(member + 1)})
                               .empty();
    return isUnsaid ? addText(place.pointer, name) : replaceByText(place.pointer, name);
}

/// A slip of a declared name, or a declaration to fill in.
Mend declaration(const Flow &flow, const CheckPlace &place, const std::string &name,
    const CheckReport &report, NameForm form)
{
    std::vector<std::string> names;
    for (const EventDeclaration &event : flow.events)
        names.push_back(event.name);
    if (const auto meant = nearestName(name, names))
        return named(place, *meant, report, form);
    if (!report.absent({}, {"events"}).empty())
        return {Mend::Kind::Add, "/events", "{" + JsonText::ofString(name).text() + ": {}}"};
    return {Mend::Kind::Add, childPointer("/events", name), "{}"};
}

class WaitCheck
{
public:
    WaitCheck(const Flow &flow, const Step &step, const WaitStep &wait, CheckReport &report)
        : m_flow(flow)
        , m_step(step)
        , m_wait(wait)
        , m_report(report)
    {}

    void checkEvents()
    {
        if (m_wait.events.empty())
            m_report.error("missing-event", placeOf(m_step.id),
                "Say with 'event', 'anyOf' or 'allOf' what it waits for.");
        for (std::size_t i = 0; i < m_wait.events.size(); ++i)
            checkEvent(i);
    }

    void checkCount()
    {
        const auto events = m_wait.events.size();
        if (m_wait.count && m_wait.mode != WaitMode::All)
            m_report.error("wrong-count", place("count"), "'count' needs 'allOf'.")
                .mend(removeMember(place("count").pointer));
        else if (m_wait.count && *m_wait.count > static_cast<int>(events))
            m_report
                .error("wrong-count", place("count"),
                    "'count' is %1, but there are only %2 events.",
                    {std::to_string(*m_wait.count), std::to_string(events)})
                .mend(Mend{Mend::Kind::Replace, place("count").pointer, std::to_string(events)});
        checkClock(place("clock"), m_wait.clock, m_report);
    }

    void checkTimeout()
    {
        if (!m_wait.timeout)
            return withoutTimeout();
        if (m_wait.fallback && !m_wait.onTimeout.empty())
            m_report
                .warning("unused-default", place("default"),
                    "'default' is never used, because 'onTimeout' says where to go.")
                .mend(removeMember(place("default").pointer));
        checkTimeoutText(place("timeout"), *m_wait.timeout, m_report);
        const bool handled = std::ranges::any_of(m_step.onError,
            [](const auto &way) { return way.first == "TimeoutError" || way.first == "*"; });
        if (!m_wait.fallback && m_wait.onTimeout.empty() && !handled)
            m_report.hint("timeout-fails", place("timeout"),
                "When the time is up the flow fails with TimeoutError: it has no 'onTimeout' and "
                "no 'default'.");
    }

private:
    CheckPlace place(std::string_view member) const { return placeOf(m_step.id, member); }

    CheckPlace placeOfEvent(std::size_t index) const
    {
        if (m_wait.mode == WaitMode::One)
            return place("event");
        CheckPlace list = place(m_wait.mode == WaitMode::Any ? "anyOf" : "allOf");
        list.pointer = m_wait.mode == WaitMode::Any
                           ? childPointer(list.pointer, m_wait.events[index].first)
                           : childPointer(list.pointer, index);
        return list;
    }

    void checkEvent(std::size_t index)
    {
        const std::string &name = m_wait.events[index].first;
        const CheckPlace at = placeOfEvent(index);
        const auto earlier = std::span(m_wait.events).first(index);
        if (name.empty())
            m_report.error("missing-event", at, "An event needs a name.");
        else if (std::ranges::any_of(earlier,
                     [&name](const auto &other) { return sameEventName(other.first, name); }))
            m_report.error("same-event", at, "It names the event '%1' twice.", {name})
                .mend(removeMember(at.pointer));
        else
            checkEventName(m_flow, at, name, m_report,
                m_wait.mode == WaitMode::Any ? NameForm::Key : NameForm::Text);
    }

    void withoutTimeout()
    {
        if (m_wait.fallback)
            m_report
                .warning("unused-default", place("default"),
                    "'default' is never used, because there is no 'timeout'.")
                .mend(removeMember(place("default").pointer));
        if (!m_wait.onTimeout.empty())
            m_report
                .warning("unused-timeout", place("onTimeout"),
                    "'onTimeout' is never taken, because there is no 'timeout'.")
                .mend(removeMember(place("onTimeout").pointer));
        m_report.hint("endless-wait", placeOf(m_step.id), "It waits for ever: it has no timeout.");
    }

    const Flow &m_flow;
    const Step &m_step;
    const WaitStep &m_wait;
    CheckReport &m_report;
};

} // namespace

void checkEventName(const Flow &flow, const CheckPlace &place, const std::string &name,
    CheckReport &report, NameForm form)
{
    if (interrupts(flow, name))
        report.error("waited-and-interrupts", place,
            "The event '%1' interrupts this flow, so no step can wait for it too.", {name});
    checkDeclared(flow, place, name, report, form);
}

void checkDeclared(const Flow &flow, const CheckPlace &place, const std::string &name,
    CheckReport &report, NameForm form)
{
    const EventDeclaration *declared = findEvent(flow, name);
    if (!declared)
        report
            .hint("undeclared-event", place,
                "The event '%1' is not declared, so its payload is not checked.", {name})
            .mend(declaration(flow, place, name, report, form));
    else if (declared->name != name)
        report
            .hint("other-case", place, "The event is declared as '%2'; '%1' is the same one.",
                {name, declared->name})
            .mend(named(place, declared->name, report, form));
}

void checkTimeoutText(const CheckPlace &place, const Template &timeout, CheckReport &report)
{
    const auto text = constantText(timeout);
    if (!text || durationFromText(*text) || instantFromText(*text))
        return;
    report
        .error("wrong-duration", place,
            "'%1' is no duration (P3D, PT30S) and no date (2026-01-31T08:00:00Z).", {*text})
        .mend(meantDuration(*text) ? mendOfDuration(place.pointer, *text)
                                   : mendOfInstant(place.pointer, *text));
}

void checkClock(const CheckPlace &place, const std::string &clock, CheckReport &report)
{
    if (clock.empty() || clock == "pause")
        return;
    report.error("wrong-value", place, "'clock' must be 'pause', or be left out.")
        .mend(mendOfName(place.pointer, clock, {"pause"}).value_or(removeMember(place.pointer)));
}

void checkWait(const Flow &flow, const Step &step, const WaitStep &wait, CheckReport &report)
{
    WaitCheck check(flow, step, wait, report);
    check.checkEvents();
    check.checkCount();
    check.checkTimeout();
}

} // namespace engine
