#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/expressions/expressions.h"
#include "engine/history/correlation.h"
#include "engine/history/correlation_key.h"
#include "engine/runtime/flow_catalog.h"

#include <optional>
#include <string>
#include <vector>

namespace engine {

// The keys by which events find instances (semantics 10.1).

/// What expressions see of an event that has found no instance yet.
struct BareEvent {
    Expressions &expressions;
    const JsonText &payload;
    Instant now{};
};

/// The value of an expression over the payload, or the literal. InvalidArgument: it cannot be
/// evaluated.
Result<JsonText> filledIn(const BareEvent &event, const Template &value);

/// The key under each of the expressions that the flows read it by, each asked once; `given`
/// replaces them all. Those that give none are left out; InvalidArgument if that is all of them.
Result<std::vector<EventKey>> keysOf(const BareEvent &event,
    const std::optional<std::string> &given, const std::vector<CorrelatingFlow> &flows);

/// The keys, for people.
std::string keyList(const std::vector<EventKey> &keys);
/// The event for an instance that waits under the key.
RaiseEvent eventUnder(const RaiseCorrelated &event, const std::string &key);

} // namespace engine
