#include "engine/runtime/desk_answers.h"

#include <utility>

namespace engine {

void answer(TurnInHand &hand, Queued &queued, Result<Accepted> result)
{
    if (queued.answered)
        hand.answers.emplace_back(std::move(queued.answered), std::move(result));
}

Error asideError(const InstanceId &instance, const std::string &reason)
{
    return {ErrorCode::WrongState,
        "instance '" + instance.value + "' is set aside: " + reason +
            "; try it again, terminate it, or start a version of Signalbox that can go on with "
            "it",
        {}};
}

Error unknownInstance(const InstanceId &instance)
{
    return {ErrorCode::NotFound, "there is no instance '" + instance.value + "'", {}};
}

} // namespace engine
