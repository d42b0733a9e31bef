#pragma once

#include "engine/query/instance_query.h"

namespace engine {

/// Whether the place in `payload` that a term names is as it says, leaving its negation aside. What is
/// not there is like nothing. A number in the query also means a text that reads the same.
bool payloadMatches(const QueryTerm &term, const JsonText &payload);

} // namespace engine
