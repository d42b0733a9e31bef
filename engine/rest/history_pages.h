#pragma once

#include "engine/door/door.h"
#include "engine/rest/exchange.h"

#include <functional>

namespace engine {

/// Reads a history page after page and hands on all of it, with the summary of the first page. If
/// the instance begins a new run meanwhile, that one is read instead: runs never mix.
void readWholeHistory(Exchange &exchange, const Door &door, InstanceId instance,
    std::function<void(Result<InstanceHistory>)> done);

} // namespace engine
