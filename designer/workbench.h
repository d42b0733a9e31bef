#pragma once

#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/model/flow.h"
#include "engine/model/problem.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace designer {

/// Whoever can deploy and start a flow and name what lives on it; app fulfils it. Main thread;
/// answers come later, on the main thread.
class Workbench
{
public:
    virtual ~Workbench() = default;

    struct Deployed {
        int version = 0; ///< 0: refused
        std::vector<engine::Problem> problems;
        QString error; ///< the engine could not be reached: one sentence, or empty
    };
    virtual void deploy(const std::string &flowText, std::function<void(Deployed)> answered) = 0;
    /// Opens the start dialog for the newest version of `flow`.
    virtual void start(const engine::FlowId &flow) = 0;
    /// The problems of a flow text, checked off the main thread; an older question is dropped.
    virtual void check(const std::string &flowText,
        std::function<void(std::vector<engine::Problem>)> answered) = 0;
};

} // namespace designer
