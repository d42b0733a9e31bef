#pragma once

#include "engine/activities/activity.h"

class QObject;

namespace engine {

class HttpCalls;

/// An HTTP request: `{ method, url, query, headers, body }` ⇒ `{ status, headers, body }`. 400 and
/// more is an HttpError with the same in its details. All requests run at once on the net thread.
class HttpActivity final : public Activity
{
public:
    /// `net` lives on the net thread; what we make there is its child.
    explicit HttpActivity(QObject &net);

    void start(const ActivityRequest &request, ActivityDone done) override;
    void cancel(const ActivityKey &key) override;

private:
    HttpCalls *m_calls; ///< used on the net thread only
};

} // namespace engine
