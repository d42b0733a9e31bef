#include "engine/activities/grants.h"

namespace engine {

std::optional<Failure> refusal(const ActivityRequest &request, const std::string &target)
{
    if (request.granted.contains(target) || request.granted.contains("*"))
        return {};
    std::string granted;
    for (const std::string &one : request.granted)
        granted += (granted.empty() ? "" : ", ") + one;
    return Failure{.type = "NotAllowed",
        .message = request.activity + ": '" + target + "' is not allowed to this flow, only: " +
                   (granted.empty() ? "nothing" : granted),
        .retriable = false};
}

} // namespace engine
