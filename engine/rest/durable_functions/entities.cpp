#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/handlers.h"

namespace engine {

/// Signalbox has no entities: none is there to be read, and none that a signal could reach.
void durableEntity(Exchange &exchange, const DurableContext &) { exchange.answer(durableEmpty(404)); }

void durableEntities(Exchange &exchange, const DurableContext &)
{
    exchange.answer(durableEmptyList());
}

/// An accepted signal that nobody gets would be lost in silence.
void durableSignalEntity(Exchange &exchange, const DurableContext &)
{
    exchange.answer(durableBadArgument(
        "The function '" + exchange.parameter("name") +
        "' doesn't exist, is disabled, or is not an entity function. Additional info: No entity "
        "functions are currently registered!"));
}

/// There are no leases that programs could take from each other: one alone has the database open.
void durableMakePrimary(Exchange &exchange, const DurableContext &)
{
    exchange.answer(durableBadArgument(
        "App leases are not used here; the one Signalbox that has this hub open is its primary."));
}

} // namespace engine
