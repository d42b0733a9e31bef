#include "engine/activities/builtin/process_activity.h"

#include "engine/activities/builtin/process_calls.h"

namespace engine {

ProcessActivity::ProcessActivity(QObject &net, Milliseconds grace)
    : NetActivity(net, std::make_unique<ProcessCalls>(grace))
{}

} // namespace engine
