#pragma once

#include "engine/model/flow.h"
#include "engine/model/schema/schema.h"

#include <string>
#include <vector>

namespace engine {

/// A payload as its declaration wants it, and what is still wrong with it.
struct CheckedPayload {
    JsonText payload;
    std::vector<SchemaFault> faults;
};

/// Checks against the declared schema; `declaration` may be nullptr. Where the schema wants a
/// boolean or a number and the payload has a string that holds one, it is converted
/// (semantics 2.2), unless the declaration forbids it or faults would remain.
CheckedPayload checkPayload(const EventDeclaration *declaration, const JsonText &payload);

/// The faults in one line.
std::string sentence(const std::vector<SchemaFault> &faults);

} // namespace engine
