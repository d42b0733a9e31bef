#pragma once

#include "engine/door/door.h"
#include "engine/rest/access.h"
#include "engine/rest/durable_functions/routes.h"
#include "engine/rest/event_streams.h"
#include "engine/rest/rest_meter.h"
#include "engine/rest/rest_options.h"
#include "engine/rest/router.h"

#include <memory>
#include <optional>

namespace engine {

/// What answers the requests of the REST port, whoever brings them: who may ask, and by which route
/// it goes to the door. All on one thread, the bringer's.
class RestService
{
public:
    /// `door` outlives the service.
    RestService(RestOptions options, const Door &door);

    /// The other side of whoever brings requests; the service outlives it.
    HttpHandler handler();

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
    RestLater m_later;
};

} // namespace engine
