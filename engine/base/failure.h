#pragma once

#include "engine/base/json_text.h"

#include <string>

namespace engine {

/// Why a step, a branch or an instance failed (semantics 5.4). Data of the flow, not an Error of
/// ours: it is stored, shown, and can be handled by `onError`.
struct Failure {
    std::string type = "Error"; ///< HttpError, TimeoutError, …: the names of flow-format.md
    std::string message;
    JsonText details;
    bool retriable = true;

    bool operator==(const Failure &) const = default;
};

} // namespace engine
