#pragma once

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/json_text.h"
#include "engine/base/result.h"
#include "engine/history/correlation.h"
#include "engine/history/source.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace engine {

/// A webhook as it was put (semantics 10.3). The secret that it names is not in it.
struct WebhookDefinition {
    std::string path;
    Instant at{};
    JsonText text;

    bool operator==(const WebhookDefinition &) const = default;
};

/// A POST of a foreign program, as it came.
struct WebhookRequest {
    std::vector<std::string> segments; ///< of the path after `webhooks/`, decoded
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<std::pair<std::string, std::string>> query;
    std::string body;
    /// The webhook that the caller's key opens, which then need not sign; any other is NotAllowed. Empty:
    /// it has no such key.
    std::string opens;
};

/// What became of it.
struct WebhookAnswer {
    bool raised = false; ///< false: the webhook says that this call is no event
    CorrelationAnswer reached;
    bool duplicate = false; ///< the same delivery came before

    bool operator==(const WebhookAnswer &) const = default;
};

/// Webhooks. Any thread; answers may come on any of the engine's.
class WebhooksDoor
{
public:
    template<typename T>
    using Answered = std::function<void(Result<T>)>;

    virtual ~WebhooksDoor() = default;
    /// In place of the one with this path. InvalidArgument with the pointer of what is wrong.
    virtual void put(JsonText definition, Source source, Answered<WebhookDefinition> answered) = 0;
    /// NotFound if there is none with this path.
    virtual void remove(std::string path, Source source, Answered<WebhookDefinition> answered) = 0;
    /// By path.
    virtual void list(Answered<std::vector<WebhookDefinition>> answered) = 0;
    /// NotFound: no webhook has this path. NotAllowed: the caller is not who it must be. Else as an
    /// event is answered.
    virtual void receive(WebhookRequest request, Answered<WebhookAnswer> answered) = 0;
};

} // namespace engine
