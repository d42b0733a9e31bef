#pragma once

#include "engine/base/json_text.h"

namespace app {

/// A value to begin with where a JSON Schema asks for one: the first of `examples`, else `default`,
/// else an object with the required properties.
engine::JsonText exampleOf(const engine::JsonText &schema);

} // namespace app
