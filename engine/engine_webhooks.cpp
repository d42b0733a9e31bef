#include "engine/engine_webhooks.h"

#include "engine/webhooks/webhook_event.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace engine {
namespace {

constexpr const char *via = "webhook";

Error noWebhook(const std::string &path)
{
    return {ErrorCode::NotFound, "there is no webhook '" + path + "'", {}};
}

Error isAnother(const Webhook &webhook, const std::string &opens)
{
    return {ErrorCode::NotAllowed,
        "the key is for the webhook '" + opens + "' alone; this path is the webhook '" +
            webhook.path + "'",
        {}};
}

WebhookDefinition definitionOf(const StoredWebhook &stored)
{
    return {stored.path, stored.at, JsonText::trusted(stored.text)};
}

/// The webhook whose path fits best: one with a literal where others have a name goes before them.
Result<Webhook> webhookFor(Reader &reader, const std::vector<std::string> &segments)
{
    const auto stored = reader.webhooks();
    if (!stored)
        return stored.error();
    const StoredWebhook *best = nullptr;
    std::size_t fewestNames = 0;
    for (const StoredWebhook &one : *stored) {
        const auto values = matchPath(one.path, segments);
        if (values && (!best || values->size() < fewestNames)) {
            best = &one;
            fewestNames = values->size();
        }
    }
    if (!best)
        return Error{ErrorCode::NotFound, "there is no webhook at this path", {}};
    return webhookFrom(JsonText::trusted(best->text));
}

/// What is raised, on its way into the engine.
void raise(InstancesDoor &instances, const Webhook &webhook, WebhookEvent event,
    const WebhooksDoor::Answered<WebhookAnswer> &answered)
{
    const Source source{via, webhook.path};
    if (!event.instance.empty()) {
        const std::string instance = event.instance.value;
        RaiseRequest request{std::move(event.instance), std::move(event.name),
            std::move(event.payload), std::move(event.eventId), {}, source};
        return instances.raise(
            std::move(request), [answered, instance](const Result<Acceptance> &accepted) {
                if (!accepted)
                    return answered(accepted.error());
                answered(WebhookAnswer{true, {.reached = {instance}}, accepted->duplicate});
            });
    }
    CorrelateRequest request{std::move(event.name), std::move(event.payload), std::move(event.key),
        std::move(event.eventId), source};
    instances.correlate(std::move(request), [answered](const Result<Correlated> &correlated) {
        if (!correlated)
            return answered(correlated.error());
        answered(WebhookAnswer{true, correlated->reached, correlated->duplicate});
    });
}

} // namespace

EngineWebhooks::EngineWebhooks(
    EngineLoop &loop, QueryThreads &queries, InstancesDoor &instances, WebhookParts parts)
    : m_loop(loop)
    , m_queries(queries)
    , m_instances(instances)
    , m_parts(std::move(parts))
{}

void EngineWebhooks::put(
    JsonText definition, Source source, Answered<WebhookDefinition> answered)
{
    const auto webhook = webhookFrom(definition);
    if (!webhook)
        return answered(webhook.error());
    if (!isSecretName(webhook->secret))
        return answered(Error{ErrorCode::InvalidArgument,
            "'secret' must be the name of a secret: letters, digits, _ - . and at most 100",
            "/secret"});
    store({webhook->path, m_parts.clock.now(), std::move(definition)}, false, std::move(source),
        std::move(answered));
}

void EngineWebhooks::remove(
    std::string path, Source source, Answered<WebhookDefinition> answered)
{
    list([this, path = std::move(path), source = std::move(source),
             answered = std::move(answered)](const auto &all) {
        if (!all)
            return answered(all.error());
        const auto found = std::ranges::find(*all, path, &WebhookDefinition::path);
        if (found == all->end())
            return answered(noWebhook(path));
        store(*found, true, source, answered);
    });
}

void EngineWebhooks::store(
    WebhookDefinition definition, bool isGone, Source source, Answered<WebhookDefinition> answered)
{
    SetWebhook message{definition.path, isGone ? std::string() : definition.text.text(),
        std::move(source)};
    m_loop.inbox().submit({{}, {}, std::move(message)},
        [definition = std::move(definition), answered = std::move(answered)](
            const Result<Accepted> &accepted) {
            if (!accepted)
                return answered(accepted.error());
            answered(definition);
        });
}

void EngineWebhooks::list(Answered<std::vector<WebhookDefinition>> answered)
{
    m_queries.scan(
        [](Reader &reader) -> Result<std::vector<WebhookDefinition>> {
            const auto stored = reader.webhooks();
            if (!stored)
                return stored.error();
            std::vector<WebhookDefinition> all;
            std::ranges::transform(*stored, std::back_inserter(all), definitionOf);
            return all;
        },
        std::move(answered));
}

void EngineWebhooks::receive(WebhookRequest request, Answered<WebhookAnswer> answered)
{
    auto segments = request.segments;
    const std::string opens = request.opens;
    const WebhookCall call{std::move(request.segments), std::move(request.headers),
        std::move(request.query), std::move(request.body)};
    // Without a secret it is the caller's key that shows who calls.
    const auto decide = [this, call, answered](
                            const Webhook &webhook, const std::optional<std::string> &secret) {
        m_parts.runOnWorker([this, call, answered, webhook, secret](Expressions &expressions) {
            const Instant now = m_parts.clock.now();
            const auto checked =
                secret ? checkCaller(webhook, *secret, call, now) : Result<void>();
            if (!checked)
                return answered(checked.error());
            auto event = eventOf(webhook, call, expressions, JsonLimits(), now);
            if (!event)
                return answered(event.error());
            if (!*event)
                return answered(WebhookAnswer{});
            raise(m_instances, webhook, **std::move(event), answered);
        });
    };
    m_queries.point([segments](Reader &reader) { return webhookFor(reader, segments); },
        [this, decide, answered, opens](const Result<Webhook> &webhook) {
            if (!webhook)
                return answered(webhook.error());
            if (!opens.empty())
                return webhook->path == opens ? decide(*webhook, std::nullopt)
                                              : answered(isAnother(*webhook, opens));
            m_parts.findSecret(webhook->secret,
                [decide, answered, found = *webhook](const Result<std::string> &secret) {
                    if (!secret)
                        return answered(Error{ErrorCode::Unavailable,
                            "the secret of this webhook cannot be read, so its callers cannot be "
                            "checked",
                            {}});
                    decide(found, *secret);
                });
        });
}

} // namespace engine
