#include "engine/rest/rest_server.h"

#include "engine/rest/access.h"
#include "engine/rest/rest_service.h"
#include "engine/rest/url.h"

#include <utility>

namespace engine {

class RestServer::Implementation
{
public:
    Implementation(RestOptions options, const Door &door)
        : m_key(options.key)
        , m_limits(options.limits)
        , m_service(std::move(options), door)
    {}

    Result<void> open(std::uint16_t port)
    {
        auto server = HttpServer::open(port, m_limits, m_service.handler());
        if (!server)
            return server.error();
        m_server = *std::move(server);
        return {};
    }
    std::uint16_t port() const { return m_server->port(); }
    CallbackUrl callbackUrls() const
    {
        return [base = "http://127.0.0.1:" + std::to_string(port()) + "/api/v1/callbacks/",
                   key = m_key](const InstanceId &instance) -> Result<std::string> {
            return base + segmentEncoded(instance.value) + '/' +
                   callbackCode(key, instance.value);
        };
    }

private:
    std::string m_key;
    HttpLimits m_limits;
    RestService m_service;
    std::unique_ptr<HttpServer> m_server; ///< ends first
};

Result<std::unique_ptr<RestServer>> RestServer::open(RestOptions options, Door door)
{
    const std::uint16_t port = options.port;
    auto implementation = std::make_unique<Implementation>(std::move(options), door);
    if (auto opened = implementation->open(port); !opened)
        return opened.error();
    return std::unique_ptr<RestServer>(new RestServer(std::move(implementation)));
}

RestServer::RestServer(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{}

RestServer::~RestServer() = default;

CallbackUrl RestServer::callbackUrls() const { return m_implementation->callbackUrls(); }

std::uint16_t RestServer::port() const { return m_implementation->port(); }

} // namespace engine
