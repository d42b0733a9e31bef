#pragma once

#include "engine/base/ids.h"
#include "engine/base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace engine {

/// Where anybody may raise events for one instance, and do nothing else: the event's name is
/// appended behind a `/`. Unavailable while no REST port is open. Any thread.
using CallbackUrl = std::function<Result<std::string>(const InstanceId &instance)>;

/// `callbackUrl` of the expressions is this secret, which is made for the instance just before an
/// attempt: decisions and history do not depend on the port (semantics 5.5, 5.6).
inline constexpr std::string_view callbackSecret = "callbackUrl";

} // namespace engine
