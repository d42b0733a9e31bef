#pragma once

#include "engine/base/result.h"
#include "engine/model/flow.h"
#include "engine/model/problem.h"

#include <map>
#include <string>
#include <string_view>

namespace engine {

/// Line numbers, from 1, of the values in a flow file, by JSON pointer.
using LineMap = std::map<std::string, int, std::less<>>;

struct ReadFlow {
    Flow flow;
    LineMap lines;
    std::vector<Problem> problems; ///< members of the wrong type or form; the rest was read
};

/// Reads a flow file. InvalidArgument with line and column only if the text is no JSON object or no
/// flow at all; what is wrong inside becomes a Problem and the rest is kept. Duplicate keys are a
/// problem. Any thread.
Result<ReadFlow> readFlow(std::string_view text);

} // namespace engine
