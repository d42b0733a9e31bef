#include "engine/rest/event_refusal.h"

namespace engine {

void refuseEvent(Exchange &exchange, const Door &door, InstanceId instance, Error payload,
    std::function<void(const Error &)> done)
{
    door.queries.find(instance,
        exchange.then<InstanceSummary>(
            [instance, payload = std::move(payload), done = std::move(done)](auto summary) {
                if (!summary)
                    return done(summary.error());
                if (!isFinished(summary->status))
                    return done(payload);
                done({ErrorCode::Finished,
                    "instance '" + instance.value + "' is over: it is " +
                        std::string(toText(summary->status)),
                    {}});
            }));
}

} // namespace engine
