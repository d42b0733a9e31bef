#include "engine/activities/builtin/http_activity.h"

#include "engine/activities/builtin/http_calls.h"

namespace engine {

HttpActivity::HttpActivity(QObject &net)
    : NetActivity(net, std::make_unique<HttpCalls>())
{}

} // namespace engine
