#pragma once

#include "engine/door/door.h"
#include "engine/rest/exchange.h"

#include <functional>

namespace engine {

/// An event whose payload cannot be taken: unknown and finished instances are said first (semantics
/// 2.5), so `done` gets NotFound, Finished or else `payload`.
void refuseEvent(Exchange &exchange, const Door &door, InstanceId instance, Error payload,
    std::function<void(const Error &)> done);

} // namespace engine
