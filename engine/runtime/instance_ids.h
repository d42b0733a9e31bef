#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/random.h"
#include "engine/base/result.h"

namespace engine {

/// Whether a caller may give this id (semantics 1.2); InvalidArgument says what is wrong with it.
Result<void> checkInstanceId(const InstanceId &id);
/// A new id: 32 lower-case hex digits, 12 of milliseconds, so that ids sort by age, and 20 of
/// chance.
InstanceId makeInstanceId(Instant now, Random &random);

} // namespace engine
