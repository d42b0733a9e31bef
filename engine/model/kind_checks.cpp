#include "engine/model/kind_checks.h"

#include "engine/base/json_pointer.h"
#include "engine/model/constant_text.h"
#include "engine/model/nearest_name.h"
#include "engine/model/wait_check.h"

#include <algorithm>
#include <array>

namespace engine {
namespace {

/// A string that is not empty, or an expression; `missing` says what to write.
void checkText(const CheckPlace &place, const Template &value, const std::string &id,
    const std::string &missing, CheckReport &report)
{
    const auto text = constantText(value);
    if (value.written.isNull() || text == "")
        report.error(id, place, missing);
}

bool isIdentifier(std::string_view name)
{
    const auto isLetter = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               letter == '_' || letter == '$';
    };
    return !name.empty() && isLetter(name.front()) &&
           std::ranges::all_of(name, [&isLetter](char letter) {
               return isLetter(letter) || (letter >= '0' && letter <= '9');
           });
}

} // namespace

void checkBody(const Flow &flow, const Step &step, const CollectStep &body, CheckReport &report)
{
    if (body.event.empty())
        report.error(
            "missing-event", placeOf(step.id, "event"), "Say with 'event' what it collects.");
    else
        checkEventName(flow, placeOf(step.id, "event"), body.event, report);
    const CheckPlace until = placeOf(step.id, "until");
    if (!body.count && !body.timeout && !body.when)
        report.error("missing-until", until,
            "Say with 'until' when it has enough: 'count', 'timeout' or 'when'.");
    if (body.timeout)
        checkTimeoutText({step.id, childPointer(until.pointer, "timeout")}, *body.timeout, report);
    checkClock(placeOf(step.id, "clock"), body.clock, report);
}

void checkBody(const Flow &, const Step &step, const ForEachStep &body, CheckReport &report)
{
    constexpr std::array<std::string_view, 11> taken{"input", "vars", "steps", "event", "events",
        "error", "index", "instance", "now", "callbackUrl", "undefined"};
    const CheckPlace as = placeOf(step.id, "as");
    if (body.items.source.empty())
        report.error("missing-items", placeOf(step.id, "items"),
            "Say with 'items' which list it goes through.");
    if (!body.as.empty() && !isIdentifier(body.as))
        report
            .error("wrong-name", as,
                "'%1' must be a name that expressions can read: letters, digits, _ and $.",
                {body.as})
            .mend(removeMember(as.pointer));
    else if (std::ranges::find(taken, body.as) != taken.end())
        report
            .error(
                "wrong-name", as, "'%1' is the name of something else in expressions.", {body.as})
            .mend(removeMember(as.pointer));
}

void checkBody(const Flow &flow, const Step &step, const SubFlowStep &body, CheckReport &report)
{
    checkText(placeOf(step.id, "flow"), body.flow, "missing-flow",
        "Say with 'flow' which flow is started.", report);
    if (body.id)
        checkText(placeOf(step.id, "id"), *body.id, "missing-id",
            "'id' is empty; leave it out to have one made.", report);
    else if (body.wait && constantText(body.flow) == flow.name.value)
        report.hint("starts-itself", placeOf(step.id, "flow"),
            "It starts its own flow and waits for it; make sure that this ends.");
}

void checkBody(const Flow &, const Step &step, const SendStep &body, CheckReport &report)
{
    checkText(placeOf(step.id, "instance"), body.instance, "missing-instance",
        "Say with 'instance' who gets the event.", report);
    if (body.event.empty())
        report.error("missing-event", placeOf(step.id, "event"), "Say with 'event' what is sent.");
}

void checkBody(const Flow &, const Step &step, const EmitStep &body, CheckReport &report)
{
    const CheckPlace place = placeOf(step.id, "url");
    checkText(place, body.url, "missing-url", "Say with 'url' where the event goes.", report);
    const auto url = constantText(body.url);
    if (url && !url->empty() && !url->starts_with("http://") && !url->starts_with("https://"))
        report.error(
            "wrong-value", place, "'url' must begin with http:// or https://; it is '%1'.", {*url});
    checkText(placeOf(step.id, "type"), body.type, "missing-type",
        "Name the event with 'type'.", report);
}

} // namespace engine
