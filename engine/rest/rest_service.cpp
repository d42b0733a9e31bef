#include "engine/rest/rest_service.h"

#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/routes.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/routes.h"

#include <chrono>
#include <utility>

namespace engine {

namespace {

/// How a path's part of the API words a refusal.
RestRefusal refusalFor(std::optional<DurablePrefix> prefix)
{
    return prefix
               ? +[](int status, std::string_view detail) {
                     return status == 500 ? durableFault(detail) : durableMessage(status, detail);
                 }
               : +[](int status, std::string_view detail) { return problemAnswer(status, detail); };
}

} // namespace

RestService::RestService(RestOptions options, const Door &door)
    : m_options(std::move(options))
    , m_keys(door.keys)
    , m_streams(std::make_shared<EventStreams>(door.changes, m_options.streams))
    , m_v1(v1Routes({door, m_options.hub, m_options.payload, m_streams, m_meter,
          [this](const RestRequest &request) { return m_access->holdsStill(request); }}))
    , m_durable({door, m_options.hub, m_options.payload})
{}

HttpHandler RestService::handler()
{
    return {
        .admit = [this](RestRequest &request) { return admit(request); },
        .answer = [this](RestRequest request,
                      RestReply reply) { answer(std::move(request), std::move(reply)); },
        .refuse =
            [this](const std::string &target, int status, const std::string &detail) {
                ++m_meter->answers[status];
                return refusalFor(durablePrefix(target))(status, detail);
            },
        .opened =
            [this](std::uint16_t port, RestPost post, RestLater later) {
                m_access.emplace(AccessRules{m_options.key, m_options.keyLabel, m_options.hosts,
                    port, [this](std::string_view digest) { return m_keys.keyOf(digest); }});
                m_post = std::move(post);
                m_later = std::move(later);
                m_streams->open(m_post);
            },
        .log = m_options.log,
    };
}

bool RestService::needsNoKey(const RestRequest &request) const
{
    return isOpenToAll(request) || isWebhookCall(request) ||
           (m_options.rpc && durablePrefix(request.target) == DurablePrefix::Rpc);
}

HttpAdmission RestService::admit(RestRequest &request) const
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
        // A key for one webhook opens nothing that it would not open without.
        const bool isFree = needsNoKey(request) && request.scope != KeyScope::OneWebhook;
        const auto beyond = isFree ? std::nullopt : checkScope(request, rightOf(request));
        return beyond ? refused(*beyond) : HttpAdmission{std::nullopt, true};
    }
    if (needsNoKey(request))
        return {std::nullopt, false};
    if (m_access->checkCallback(request))
        return {std::nullopt, true};
    return refused(*denial);
}

Right RestService::rightOf(const RestRequest &request) const
{
    return durablePrefix(request.target) ? m_durable.rightOf(request)
                                         : engine::rightOf(m_v1, request);
}

RestReply RestService::counted(RestReply reply) const
{
    return [meter = m_meter, reply = std::move(reply),
               begin = std::chrono::steady_clock::now()](RestResponse response) {
        ++meter->answers[response.status];
        meter->time.add(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        reply(std::move(response));
    };
}

void RestService::answer(RestRequest request, RestReply reply) const
{
    const auto prefix = durablePrefix(request.target);
    const auto exchange = std::make_shared<Exchange>(std::move(request),
        Exchange::Parts{
            m_post, counted(std::move(reply)), refusalFor(prefix), m_options.log, m_later});
    if (prefix == DurablePrefix::Rpc && !m_options.rpc)
        return exchange->answer(durableEmpty(404));
    if (prefix)
        return m_durable.answer(exchange);
    answerV1(m_v1, exchange);
}

} // namespace engine
