#pragma once

#include "engine/activities/secrets.h"
#include "engine/base/clock.h"
#include "engine/door/door.h"
#include "engine/engine_loop.h"
#include "engine/expressions/expressions.h"
#include "engine/query_threads.h"

#include <functional>

namespace engine {

/// What a call of a webhook needs besides the engine thread. All may be called on any thread.
struct WebhookParts {
    const Clock &clock;
    FindSecret findSecret; ///< answers on the net thread
    std::function<void(std::function<void(Expressions &)>)> runOnWorker;
};

/// The door's side for webhooks. A call looks its webhook up on a query thread and its secret on
/// the net thread; a worker checks the signature and evaluates the expressions; what comes of it is
/// raised as any event. What this needs outlives it. Any thread.
class EngineWebhooks final : public WebhooksDoor
{
public:
    EngineWebhooks(
        EngineLoop &loop, QueryThreads &queries, InstancesDoor &instances, WebhookParts parts);

    void put(JsonText definition, Source source, Answered<WebhookDefinition> answered) override;
    void remove(std::string path, Source source, Answered<WebhookDefinition> answered) override;
    void list(Answered<std::vector<WebhookDefinition>> answered) override;
    void receive(WebhookRequest request, Answered<WebhookAnswer> answered) override;

private:
    void store(WebhookDefinition definition, bool isGone, Source source, Answered<WebhookDefinition> answered);

    EngineLoop &m_loop;
    QueryThreads &m_queries;
    InstancesDoor &m_instances;
    WebhookParts m_parts;
};

} // namespace engine
