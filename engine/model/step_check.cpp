#include "engine/model/step_check.h"

#include "engine/base/cron.h"
#include "engine/base/json_pointer.h"
#include "engine/base/json_scan.h"
#include "engine/base/zone.h"
#include "engine/base/overloaded.h"
#include "engine/model/written_json.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace engine {
namespace {

/// The text of a string without expression.
std::optional<std::string> constantText(const Template &value)
{
    if (!isConstant(value) || value.pieces.size() != 1)
        return {};
    const std::string &json = std::get<std::string>(value.pieces.front());
    return json.starts_with('"') ? std::optional(unquoted(json)) : std::nullopt;
}

bool isWholeExpression(const Template &value)
{
    return value.pieces.size() == 1 && std::holds_alternative<Expression>(value.pieces.front());
}

/// What an activity is given: the members that it must have and may have.
struct ActivityForm {
    std::string_view name;
    std::string_view required;
    std::array<std::string_view, 5> members;
};

constexpr std::array<ActivityForm, 3> activities{{
    {"http", "url", {"method", "url", "query", "headers", "body"}},
    {"log", "message", {"message", "level"}},
    {"script", "code", {"code"}},
}};

class StepCheck
{
public:
    StepCheck(const Flow &flow, const Step &step, CheckReport &report)
        : m_flow(flow)
        , m_step(step)
        , m_report(report)
    {}

    void operator()(const ActivityStep &activity)
    {
        if (activity.activity.empty())
            return error("missing-activity", "activity", "Say with 'activity' what is to be done.");
        const auto form = std::ranges::find(activities, activity.activity, &ActivityForm::name);
        if (form == activities.end())
            return error("unknown-activity", "activity",
                "This version has no activity '%1'; it has http, log and script.",
                {activity.activity});
        checkWith(activity.with, *form);
    }

    void operator()(const WaitStep &wait)
    {
        checkEvents(wait);
        if (wait.count && wait.mode != WaitMode::All)
            error("wrong-count", "count", "'count' needs 'allOf'.");
        else if (wait.count && *wait.count > static_cast<int>(wait.events.size()))
            error("wrong-count", "count", "'count' is %1, but there are only %2 events.",
                {std::to_string(*wait.count), std::to_string(wait.events.size())});
        if (!wait.clock.empty() && wait.clock != "pause")
            error("wrong-value", "clock", "'clock' must be 'pause', or be left out.");
        checkTimeout(wait);
    }

    void operator()(const CollectStep &collect)
    {
        checkEvents({.events = {{collect.event, {}}}});
        if (!collect.count && !collect.timeout && !collect.when)
            error("endless-collect", "until",
                "Say with 'until' when it has enough: 'count', 'timeout' or 'when'.");
        if (!collect.clock.empty() && collect.clock != "pause")
            error("wrong-value", "clock", "'clock' must be 'pause', or be left out.");
        if (collect.timeout)
            checkTimeText(*collect.timeout, "until");
    }

    void operator()(const TimerStep &timer)
    {
        const int forms =
            int{timer.after.has_value()} + int{timer.at.has_value()} + int{timer.cron.has_value()};
        if (forms != 1)
            error("wrong-timer", {}, "Write one of 'after', 'at' and 'cron'.");
        if (timer.cron && !timer.cron->starts_with('='))
            checkCron(*timer.cron, timer.zone);
        const auto zone = Zone::named(timer.zone);
        if (!zone)
            error("wrong-zone", "zone", "%1.", {zone.error().message});
        if (!timer.zone.empty() && timer.after)
            m_report.warning("unused-zone", placeOf(m_step.id, "zone"),
                "'zone' says nothing about 'after'.");
        const auto after = timer.after ? constantText(*timer.after) : std::nullopt;
        if (after && !durationFromText(*after))
            error("wrong-duration", "after", "%1.", {durationFromText(*after).error().message});
        const auto at = timer.at ? constantText(*timer.at) : std::nullopt;
        const bool isLocal = at && !timer.zone.empty() && localTimeFromText(*at);
        if (at && !isLocal && !instantFromText(*at))
            error("wrong-date", "at", "%1.", {instantFromText(*at).error().message});
    }

    void operator()(const ChoiceStep &choice)
    {
        if (choice.cases.empty())
            m_report.warning("no-cases", placeOf(m_step.id, "cases"),
                "It has no cases, so it always goes on by 'otherwise'.");
    }

    void operator()(const SetStep &set)
    {
        for (const auto &[name, value] : set.append) {
            const auto variable =
                std::ranges::find(m_flow.variables, name, &std::pair<std::string, JsonText>::first);
            if (variable != m_flow.variables.end() && !variable->second.text().starts_with('['))
                error("not-a-list", "append", "'%1' begins as %2, which is no list.",
                    {name, variable->second.text().substr(0, 40)});
        }
    }

    void operator()(const NoteStep &) {}

    void operator()(const EndStep &) {}

    /// The kinds that the interpreter does not know yet.
    template<typename Body>
    void operator()(const Body &body)
    {
        error("unsupported", "kind", "This version does not run the kind '%1' yet.", {body.kind});
    }

    void operator()(const FailStep &fail)
    {
        if (constantText(fail.type) == "")
            error("missing-type", "type", "Name the error with 'type'.");
    }

    void operator()(const UnknownStep &unknown)
    {
        if (unknown.kind.empty())
            error("missing-kind", "kind", "Say with 'kind' what this step is.");
        else
            error("unknown-kind", "kind",
                "This version cannot run the kind '%1'; it is kept as written.", {unknown.kind});
    }

private:
    void error(std::string id, std::string_view member, std::string text,
        std::vector<std::string> arguments = {})
    {
        m_report.error(std::move(id),
            member.empty() ? placeOf(m_step.id) : placeOf(m_step.id, member), std::move(text),
            std::move(arguments));
    }

    void checkWith(const Template &with, const ActivityForm &form)
    {
        if (isWholeExpression(with))
            return;
        const auto written = writtenJson(with.written.text());
        if (!written || written->kind != JsonKind::Object) {
            if (!with.written.isNull())
                return error("wrong-type", "with", "'with' must be an object or an expression.");
        }
        const WrittenValue *required = written ? findMember(*written, form.required) : nullptr;
        if (!required)
            return error("missing-member", "with", "'with' of %1 needs '%2'.",
                {std::string(form.name), std::string(form.required)});
        for (const WrittenMember &member : written->members)
            if (std::ranges::find(form.members, member.key) == form.members.end())
                m_report.warning("unknown-member", placeOf(m_step.id, "with"),
                    "'with' of %1 has no use for '%2'.", {std::string(form.name), member.key});
        checkUrl(with, *required, form);
    }

    void checkUrl(const Template &with, const WrittenValue &url, const ActivityForm &form)
    {
        if (form.name != "http" || url.kind != JsonKind::String)
            return;
        const std::string text = unquoted(url.in(with.written.text()));
        if (!text.starts_with('=') && !text.starts_with("http://") && !text.starts_with("https://"))
            error("wrong-value", "with", "'url' must begin with http:// or https://; it is '%1'.",
                {text});
    }

    void checkCron(const std::string &text, const std::string &zoneName)
    {
        const auto cron = cronFromText(text);
        const auto zone = Zone::named(zoneName);
        if (!cron)
            error("wrong-cron", "cron", "%1.", {cron.error().message});
        else if (!nextTime(*cron, Instant{}, zone ? *zone : Zone()))
            error("wrong-cron", "cron", "'%1' is never due.", {text});
    }

    CheckPlace placeOfEvent(const WaitStep &wait, std::size_t index) const
    {
        if (wait.mode == WaitMode::One)
            return placeOf(m_step.id, "event");
        CheckPlace place = placeOf(m_step.id, wait.mode == WaitMode::Any ? "anyOf" : "allOf");
        place.pointer = wait.mode == WaitMode::Any
                            ? childPointer(place.pointer, wait.events[index].first)
                            : childPointer(place.pointer, index);
        return place;
    }

    void checkEvents(const WaitStep &wait)
    {
        if (wait.events.empty())
            error("missing-event", {}, "Say with 'event', 'anyOf' or 'allOf' what it waits for.");
        for (std::size_t i = 0; i < wait.events.size(); ++i) {
            const std::string &name = wait.events[i].first;
            const auto earlier = std::span(wait.events).first(i);
            const CheckPlace place = placeOfEvent(wait, i);
            if (name.empty())
                m_report.error("missing-event", place, "An event needs a name.");
            else if (std::ranges::any_of(earlier,
                         [&name](const auto &other) { return sameEventName(other.first, name); }))
                m_report.error("same-event", place, "It names the event '%1' twice.", {name});
            else if (!findEvent(m_flow, name))
                m_report.hint("undeclared-event", place,
                    "The event '%1' is not declared, so its payload is not checked.", {name});
        }
    }

    void checkTimeText(const Template &written, std::string_view member)
    {
        const auto text = constantText(written);
        if (text && !durationFromText(*text) && !instantFromText(*text))
            error("wrong-duration", member,
                "'%1' is no duration (P3D, PT30S) and no date (2026-01-31T08:00:00Z).", {*text});
    }

    void checkTimeout(const WaitStep &wait)
    {
        const auto place = [this](std::string_view member) { return placeOf(m_step.id, member); };
        if (!wait.timeout) {
            if (wait.fallback)
                m_report.warning("unused-default", place("default"),
                    "'default' is never used, because there is no 'timeout'.");
            if (!wait.onTimeout.empty())
                m_report.warning("unused-timeout", place("onTimeout"),
                    "'onTimeout' is never taken, because there is no 'timeout'.");
            m_report.hint(
                "endless-wait", placeOf(m_step.id), "It waits for ever: it has no timeout.");
            return;
        }
        if (wait.fallback && !wait.onTimeout.empty())
            m_report.warning("unused-default", place("default"),
                "'default' is never used, because 'onTimeout' says where to go.");
        checkTimeText(*wait.timeout, "timeout");
        const bool handled = std::ranges::any_of(m_step.onError,
            [](const auto &way) { return way.first == "TimeoutError" || way.first == "*"; });
        if (!wait.fallback && wait.onTimeout.empty() && !handled)
            m_report.hint("timeout-fails", place("timeout"),
                "When the time is up the flow fails with TimeoutError: it has no 'onTimeout' and "
                "no 'default'.");
    }

    const Flow &m_flow;
    const Step &m_step;
    CheckReport &m_report;
};

} // namespace

void checkFields(const Flow &flow, const Step &step, CheckReport &report)
{
    if (step.id.empty() || step.id.value.find('/') != std::string::npos ||
        step.id.value.starts_with('!'))
        report.error("wrong-id", placeOf(step.id),
            "The id '%1' must not be empty, hold a '/' or begin with '!'.", {step.id.value});
    std::visit(StepCheck(flow, step, report), step.body);
    for (const UnknownMember &member : step.unknown)
        report.error("unknown-member", placeOf(step.id, member.key), "'%1' is not known here.",
            {member.key});
}

} // namespace engine
