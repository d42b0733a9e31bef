#pragma once

#include "engine/door/door.h"
#include "engine/rest/router.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// Through which of its prefixes a request reaches this API.
enum class DurablePrefix {
    Webhook, ///< /runtime/webhooks/durabletask; what we hand out leads here
    Admin,   ///< /admin/extensions/DurableTaskExtension: Functions 1
    Rpc,     ///< /durabletask: needs no key; only where it was switched on
};
/// Nothing if the path belongs to something else.
std::optional<DurablePrefix> durablePrefix(std::string_view target);

/// The Durable Functions HTTP API, profile v3 (http-api.md, part A).
class DurableFunctions
{
public:
    struct Context {
        Door door;
        std::string hub;
        JsonLimits payload;
    };
    explicit DurableFunctions(Context context);

    /// No route and wrong verb are both an empty 404.
    void answer(const std::shared_ptr<Exchange> &exchange) const;
    /// What a request is for.
    Right rightOf(const RestRequest &request) const;
    /// The routes behind each of the prefixes.
    const Router &router() const { return m_router; }

private:
    Router m_router;
    Context m_context;
};

} // namespace engine
