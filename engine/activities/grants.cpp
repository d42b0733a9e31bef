#include "engine/activities/grants.h"

#include "engine/base/joined.h"

namespace engine {

std::optional<Failure> refusal(const ActivityRequest &request, const std::string &target)
{
    if (request.granted.contains(target) || request.granted.contains("*"))
        return {};
    const std::string granted = joined(request.granted);
    return Failure{.type = "NotAllowed",
        .message = request.activity + ": '" + target + "' is not allowed to this flow, only: " +
                   (granted.empty() ? "nothing" : granted),
        .retriable = false};
}

} // namespace engine
