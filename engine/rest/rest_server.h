#pragma once

#include "engine/base/callback_url.h"
#include "engine/base/result.h"
#include "engine/door/door.h"
#include "engine/rest/rest_options.h"

#include <cstdint>
#include <memory>

namespace engine {

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
