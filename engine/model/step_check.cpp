#include "engine/model/step_check.h"

#include "engine/base/cron.h"
#include "engine/base/json_pointer.h"
#include "engine/base/json_scan.h"
#include "engine/base/zone.h"
#include "engine/model/activity_check.h"
#include "engine/model/approval_check.h"
#include "engine/model/constant_text.h"
#include "engine/model/kind_checks.h"
#include "engine/model/known_members.h"
#include "engine/model/nearest_name.h"
#include "engine/model/time_mends.h"
#include "engine/model/wait_check.h"
#include "engine/model/written_json.h"

#include <algorithm>
#include <optional>

namespace engine {
namespace {

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
        checkActivity(m_step, activity, m_report);
    }

    void operator()(const WaitStep &wait) { checkWait(m_flow, m_step, wait, m_report); }

    void operator()(const CollectStep &collect)
    {
        checkBody(m_flow, m_step, collect, m_report);
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
            error("wrong-duration", "after", "%1.", {durationFromText(*after).error().message})
                .mend(mendOfDuration(at("after"), *after));
        const auto instant = timer.at ? constantText(*timer.at) : std::nullopt;
        const bool isLocal = instant && !timer.zone.empty() && localTimeFromText(*instant);
        if (instant && !isLocal && !instantFromText(*instant))
            error("wrong-date", "at", "%1.", {instantFromText(*instant).error().message})
                .mend(mendOfInstant(at("at"), *instant));
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
                    {name, variable->second.text().substr(0, 40)})
                    .mend(Mend{Mend::Kind::Replace, childPointer("/variables", name), "[]"});
        }
    }

    void operator()(const ParallelStep &parallel)
    {
        for (auto one = parallel.branches.begin(); one != parallel.branches.end(); ++one)
            if (!one->empty() && std::find(parallel.branches.begin(), one, *one) != one)
                error("same-branch", "branches", "Two branches begin with the step '%1'.",
                    {one->value});
    }

    /// What leads into it is looked at with its region.
    void operator()(const JoinStep &) {}

    void operator()(const ForEachStep &each) { checkBody(m_flow, m_step, each, m_report); }

    void operator()(const SubFlowStep &body) { checkBody(m_flow, m_step, body, m_report); }

    void operator()(const SendStep &body) { checkBody(m_flow, m_step, body, m_report); }

    void operator()(const EmitStep &body) { checkBody(m_flow, m_step, body, m_report); }

    void operator()(const ContinueAsNewStep &) {}

    void operator()(const NoteStep &) {}

    void operator()(const EndStep &) {}

    void operator()(const ApprovalStep &body) { checkApproval(m_flow, m_step, body, m_report); }

    /// Whether it stands in a handler is looked at with the handlers.
    void operator()(const ResumeStep &) {}

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
                "This version cannot run the kind '%1'; it is kept as written.", {unknown.kind})
                .mend(mendOfName(at("kind"), unknown.kind, stepKinds()));
    }

private:
    std::string at(std::string_view member) const { return placeOf(m_step.id, member).pointer; }

    CheckReport::Added error(std::string id, std::string_view member, std::string text,
        std::vector<std::string> arguments = {})
    {
        return m_report.error(std::move(id),
            member.empty() ? placeOf(m_step.id) : placeOf(m_step.id, member), std::move(text),
            std::move(arguments));
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
        report
            .error("unknown-member", placeOf(step.id, member.key), "'%1' is not known here.",
                {member.key})
            .mend(mendOfUnknown(placeOf(step.id, member.key).pointer, member.key,
                report.absent(placeOf(step.id).pointer, stepMembers(kindName(step.body)))));
}

} // namespace engine
