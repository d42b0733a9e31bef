#pragma once

#include "engine/base/ids.h"
#include "engine/model/mend.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace engine {

enum class Severity { Error, Warning, Hint };

/// What is wrong with a flow. `text` is an English sentence with `%1`, `%2` for `arguments`, so
/// that a window can translate it; message() puts them in.
struct Problem {
    Severity severity = Severity::Error;
    std::string id; ///< stable: `dangling-transition`, `unreachable-step`, …
    std::string text;
    std::vector<std::string> arguments;
    StepId step;                   ///< empty: the flow as a whole
    std::string pointer;           ///< JSON pointer into the flow file
    int line = 0;                  ///< in the file, from 1; 0 where no text was read
    std::optional<Mend> mend = {}; ///< a change that makes it go away, where one is sure to

    bool operator==(const Problem &) const = default;
};

/// The sentence with its arguments.
std::string message(const Problem &problem);
/// Whether one of `problems` forbids deployment.
bool hasErrors(const std::vector<Problem> &problems);

} // namespace engine
