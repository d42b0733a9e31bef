#pragma once

#include "engine/model/flow.h"
#include "engine/model/ordered_json.h"

namespace engine {

/// The canonical form of a flow file: all that `flow` says, keys in the order of the schema.
OrderedJson flowJson(const Flow &flow);

} // namespace engine
