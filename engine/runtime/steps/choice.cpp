#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ChoiceStep &body)
{
    int number = 0;
    for (const ChoiceCase &one : body.cases) {
        ++number;
        auto value = deciding.evaluate(one.when, {branch, step.id, "when"});
        if (auto *failure = std::get_if<Failure>(&value))
            return deciding.failStep(branch, step, std::move(*failure));
        // Only `true` is true: a case that yields "no" or 1 by mistake should not be taken.
        if (std::get<JsonText>(value).text() != "true")
            continue;
        return deciding.leave({.branch = branch,
            .step = step.id,
            .way = "case:" + std::to_string(number),
            .to = one.next});
    }
    deciding.leave({.branch = branch, .step = step.id, .way = "otherwise", .to = body.otherwise});
}

} // namespace engine
