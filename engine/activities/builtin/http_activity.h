#pragma once

#include "engine/activities/builtin/net_activity.h"

namespace engine {

/// An HTTP request: `{ method, url, query, headers, body }` ⇒ `{ status, headers, body }`. 400 and
/// more is an HttpError with the same in its details. All requests run at once on the net thread.
class HttpActivity final : public NetActivity
{
public:
    /// `net` lives on the net thread; what we make there is its child.
    explicit HttpActivity(QObject &net);
};

} // namespace engine
