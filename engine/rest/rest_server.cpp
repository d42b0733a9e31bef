#include "engine/rest/rest_server.h"

#include "engine/rest/access.h"
#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/routes.h"
#include "engine/rest/url.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/routes.h"

#include <chrono>

namespace engine {

namespace {

/// How a path's part of the API words a refusal.
RestRefusal refusalFor(std::optional<DurablePrefix> prefix)
{
    return prefix
               ? +[](int status, std::string_view detail) { return durableMessage(status, detail); }
               : +[](int status, std::string_view detail) { return problemAnswer(status, detail); };
}

} // namespace

class RestServer::Implementation
{
public:
    Implementation(RestOptions options, const Door &door)
        : m_options(std::move(options))
        , m_keys(door.keys)
        , m_streams(std::make_shared<EventStreams>(door.changes, m_options.streams))
        , m_v1(v1Routes({door, m_options.hub, m_options.payload, m_streams, m_meter,
              [this](const RestRequest &request) { return m_access->holdsStill(request); }}))
        , m_durable({door, m_options.hub, m_options.payload})
    {}

    Result<void> open();
    std::uint16_t port() const { return m_server->port(); }
    CallbackUrl callbackUrls() const;

private:
    HttpAdmission admit(RestRequest &request) const;
    void answer(RestRequest request, RestReply reply) const;
    bool needsNoKey(const RestRequest &request) const;
    Right rightOf(const RestRequest &request) const;
    RestReply counted(RestReply reply) const;

    RestOptions m_options;
    KeysDoor &m_keys;
    std::shared_ptr<RestMeter> m_meter = std::make_shared<RestMeter>();
    std::shared_ptr<EventStreams> m_streams;
    Router m_v1;
    DurableFunctions m_durable;
    // Set before the first request.
    std::optional<Access> m_access;
    RestPost m_post;
    std::unique_ptr<HttpServer> m_server;
};

Result<void> RestServer::Implementation::open()
{
    HttpHandler handler{
        .admit = [this](RestRequest &request) { return admit(request); },
        .answer = [this](RestRequest request,
                      RestReply reply) { answer(std::move(request), std::move(reply)); },
        .refuse =
            [this](const std::string &target, int status, const std::string &detail) {
                ++m_meter->answers[status];
                return refusalFor(durablePrefix(target))(status, detail);
            },
        .opened =
            [this](std::uint16_t port, RestPost post) {
                m_access.emplace(AccessRules{m_options.key, m_options.keyLabel, m_options.hosts,
                    port, [this](std::string_view digest) { return m_keys.keyOf(digest); }});
                m_post = std::move(post);
                m_streams->open(m_post);
            },
        .log = m_options.log,
    };
    auto server = HttpServer::open(m_options.port, m_options.limits, std::move(handler));
    if (!server)
        return server.error();
    m_server = *std::move(server);
    return {};
}

bool RestServer::Implementation::needsNoKey(const RestRequest &request) const
{
    return isOpenToAll(request) || isWebhookCall(request) ||
           (m_options.rpc && durablePrefix(request.target) == DurablePrefix::Rpc);
}

HttpAdmission RestServer::Implementation::admit(RestRequest &request) const
{
    const auto refused = [this, &request](const AccessDenial &denial) -> HttpAdmission {
        ++m_meter->answers[denial.status];
        const RestRefusal refusal = refusalFor(durablePrefix(request.target));
        return {refusal(denial.status, denial.detail), !request.key.empty()};
    };
    if (const auto denial = m_access->checkOrigin(request))
        return refused(*denial);
    const auto denial = m_access->checkKey(request);
    if (!denial) {
        const auto beyond = needsNoKey(request) ? std::nullopt : checkScope(request, rightOf(request));
        return beyond ? refused(*beyond) : HttpAdmission{std::nullopt, true};
    }
    if (needsNoKey(request))
        return {std::nullopt, false};
    if (m_access->checkCallback(request))
        return {std::nullopt, true};
    return refused(*denial);
}

Right RestServer::Implementation::rightOf(const RestRequest &request) const
{
    return durablePrefix(request.target) ? m_durable.rightOf(request)
                                         : engine::rightOf(m_v1, request);
}

RestReply RestServer::Implementation::counted(RestReply reply) const
{
    return [meter = m_meter, reply = std::move(reply),
               begin = std::chrono::steady_clock::now()](RestResponse response) {
        ++meter->answers[response.status];
        meter->time.add(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        reply(std::move(response));
    };
}

void RestServer::Implementation::answer(RestRequest request, RestReply reply) const
{
    const auto prefix = durablePrefix(request.target);
    const auto exchange = std::make_shared<Exchange>(std::move(request),
        Exchange::Parts{m_post, counted(std::move(reply)), refusalFor(prefix), m_options.log});
    if (prefix == DurablePrefix::Rpc && !m_options.rpc)
        return exchange->answer(durableEmpty(404));
    if (prefix)
        return m_durable.answer(exchange);
    answerV1(m_v1, exchange);
}

Result<std::unique_ptr<RestServer>> RestServer::open(RestOptions options, Door door)
{
    auto implementation = std::make_unique<Implementation>(std::move(options), door);
    if (auto opened = implementation->open(); !opened)
        return opened.error();
    return std::unique_ptr<RestServer>(new RestServer(std::move(implementation)));
}

RestServer::RestServer(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{}

RestServer::~RestServer() = default;

CallbackUrl RestServer::Implementation::callbackUrls() const
{
    return [base = "http://127.0.0.1:" + std::to_string(port()) + "/api/v1/callbacks/",
               key = m_options.key](const InstanceId &instance) -> Result<std::string> {
        return base + segmentEncoded(instance.value) + '/' + callbackCode(key, instance.value);
    };
}

CallbackUrl RestServer::callbackUrls() const { return m_implementation->callbackUrls(); }

std::uint16_t RestServer::port() const { return m_implementation->port(); }

} // namespace engine
