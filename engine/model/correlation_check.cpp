#include "engine/model/correlation_check.h"

#include "engine/base/json_pointer.h"
#include "engine/model/event_uses.h"
#include "engine/model/nearest_name.h"

namespace engine {
namespace {

/// What means nothing without a correlation.
void refuseAlone(const EventDeclaration &event, const std::string &pointer, CheckReport &report)
{
    const auto refuse = [&](const char *member) {
        const std::string place = childPointer(pointer, member);
        report
            .error("without-correlation", {{}, place},
                "'%1' means something only with 'correlate', which says how the event '%2' finds its "
                "instance.",
                {member, event.name})
            .mend(removeMember(place));
    };
    if (!event.deliver.empty())
        refuse("deliver");
    if (event.ttl)
        refuse("ttl");
    if (event.startsFlow)
        refuse("startsFlow");
}

} // namespace

void checkCorrelation(
    const EventDeclaration &event, const std::string &pointer, CheckReport &report)
{
    const std::string deliver = childPointer(pointer, "deliver");
    if (!event.correlate)
        return refuseAlone(event, pointer, report);
    if (!event.deliver.empty() && event.deliver != "one" && event.deliver != "all")
        report.error("wrong-value", {{}, deliver}, "'deliver' must be 'one' or 'all'.")
            .mend(mendOfName(deliver, event.deliver, {"one", "all"}).value_or(removeMember(deliver)));
}

void hintCorrelation(const Flow &flow, const EventDeclaration &event, CheckReport &report)
{
    // Interrupts and approvals do not count: who cancels or answers knows whom.
    const Step *waiting = event.correlate ? nullptr : firstWaiting(flow, event.name);
    if (waiting)
        report.hint("no-correlation", {waiting->id, childPointer("/events", event.name)},
            "The event '%1' has no correlation, so whoever raises it must know the instance.",
            {event.name});
}

} // namespace engine
