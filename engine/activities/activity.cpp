#include "engine/activities/activity.h"

namespace engine {

std::string toText(const ActivityKey &key)
{
    return std::to_string(key.run.value) + '/' + std::to_string(key.task);
}

} // namespace engine
