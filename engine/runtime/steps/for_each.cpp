#include "engine/history/json_slices.h"
#include "engine/runtime/regions.h"
#include "engine/runtime/steps/steps.h"

#include <algorithm>
#include <utility>

namespace engine {

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const ForEachStep &body)
{
    auto items = deciding.evaluate(body.items, {branch, step.id, "items"});
    if (auto *failure = std::get_if<Failure>(&items))
        return deciding.failStep(branch, step, std::move(*failure));
    auto &list = std::get<JsonText>(items);
    const auto elements = elementsOf(list.text());
    if (!elements) {
        return deciding.failStep(branch, step,
            {.type = "ExpressionError",
                .message = "step '" + step.id.value + "', 'items': it must give a list; it gave " +
                           list.text().substr(0, 40),
                .retriable = false});
    }
    const int atOnce = std::max(1, body.atOnce.value_or(ForEachStep::usualAtOnce));
    openRegion(deciding, {branch, step.id, int(elements->size()), atOnce, std::move(list)});
}

} // namespace engine
