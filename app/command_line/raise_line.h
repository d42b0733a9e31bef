#pragma once

#include "app/arguments.h"
#include "engine/base/json_text.h"

#include <string>

namespace app {

/// The call that raises an event with this payload.
ApiCall raiseCall(const RaiseCommand &event, const engine::JsonText &payload);

/// A line of `raise --from` as a call. InvalidArgument says what is wrong with it. `correlate`: a
/// line need not say whom its event is for.
engine::Result<ApiCall> callOfLine(const std::string &line, bool correlate);

} // namespace app
