#pragma once

#include "engine/door/keys_door.h"
#include "engine/rest/rest_stream.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine {

using RestHeaders = std::vector<std::pair<std::string, std::string>>;

/// A request as it came over the wire, its limits kept and its form checked.
struct RestRequest {
    std::string method; ///< as sent: verbs are case-sensitive
    std::string target; ///< path and query as sent, without scheme and authority
    std::string host;   ///< the authority asked for, as sent
    RestHeaders headers;
    std::string body;
    std::string caller; ///< label of the key, set by access; empty without one
    std::string key;    ///< the key it came with, set by access; empty without one
    KeyScope scope = KeyScope::Full; ///< what that key opens
    std::string webhook;             ///< of OneWebhook: which
    std::function<bool()> isAbandoned; ///< nobody is there any more to take the answer; on the server's thread
};

struct RestResponse {
    int status = 200;
    RestHeaders headers; ///< the server adds Content-Length, Date and Connection
    std::string body;
    std::shared_ptr<RestStream> stream; ///< in place of the body, if there is one
};

/// Gives a request its answer; to be called once, on the server's thread.
using RestReply = std::function<void(RestResponse)>;

/// Runs something on the server's thread; from any thread. Does nothing once the server is gone.
using RestPost = std::function<void(std::function<void()>)>;

/// Runs something on the server's thread after a time; called there. When the server ends it runs at once,
/// and is told so.
using RestLater =
    std::function<void(std::chrono::milliseconds delay, std::function<void(bool serverEnds)> step)>;

/// How a part of the API words a refusal that no route made: a wrong key, a limit, a crash.
using RestRefusal = RestResponse (*)(int status, std::string_view detail);

/// The first header of this name, in any case; nullptr if there is none.
const std::string *findHeader(const RestHeaders &headers, std::string_view name);
/// Whether two ASCII texts differ in case at most.
bool sameText(std::string_view one, std::string_view other);
std::string lowerCase(std::string_view text);

} // namespace engine
