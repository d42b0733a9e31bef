#pragma once

#include "engine/base/callback_url.h"
#include "engine/base/result.h"
#include "engine/door/door.h"
#include "engine/rest/http_server.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace engine {

struct RestOptions {
    std::uint16_t port = 0; ///< 0: any free one
    std::string hub = "signalbox";
    std::string key;                  ///< empty: nobody has one, and only /health answers
    std::string keyLabel = "default"; ///< who the history says it was
    bool rpc = false;                 ///< the prefix /durabletask/ answers without a key
    std::set<std::string> hosts;      ///< further names in `Host`, lower case
    HttpLimits limits;
    std::size_t streams = 64; ///< readers of the stream at a time
    JsonLimits payload;
    std::function<void(const std::string &line)> log; ///< on the server's thread; may be empty
};

/// The REST port: HTTP in, door calls out. Runs on a thread of its own.
class RestServer
{
public:
    /// Unavailable, naming the port, if it is taken. `door` outlives the server.
    static Result<std::unique_ptr<RestServer>> open(RestOptions options, Door door);
    /// Answers what is in flight, then closes.
    ~RestServer();

    std::uint16_t port() const;
    /// What Engine::callBackThrough wants; does not need the server any more.
    CallbackUrl callbackUrls() const;

private:
    class Implementation;
    explicit RestServer(std::unique_ptr<Implementation> implementation);

    std::unique_ptr<Implementation> m_implementation;
};

} // namespace engine
