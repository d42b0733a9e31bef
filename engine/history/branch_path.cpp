#include "engine/history/branch_path.h"

#include <string>
#include <string_view>

namespace engine {

BranchPath insideOf(const BranchPath &branch, const StepId &step)
{
    return {(branch.empty() ? std::string() : branch.value + '/') + step.value + '/'};
}

bool isWithin(const BranchPath &path, const BranchPath &around)
{
    const std::string_view value = path.value;
    return around.empty() || path == around ||
           (value.starts_with(around.value) && value[around.value.size()] == '/');
}

std::optional<BranchPath> enclosing(const BranchPath &path)
{
    if (path.empty())
        return {};
    // A branch has two parts, `parallelStep/firstStep`; what is left of them is the one around it.
    const std::size_t last = path.value.rfind('/');
    const std::size_t before = last == std::string::npos || last == 0
                                   ? std::string::npos
                                   : path.value.rfind('/', last - 1);
    return BranchPath{before == std::string::npos ? std::string() : path.value.substr(0, before)};
}

} // namespace engine
