#pragma once

#include "engine/activities/activity.h"

#include <memory>

namespace engine {

/// A CloudEvent for another system: `{ url, type, data }` ⇒ null (semantics 7.8). It travels as a
/// POST of the http activity, in structured mode; its id is the key of the work, the same in every
/// attempt. Not for flows to name: the step kind `emit` runs it.
class EmitActivity final : public Activity
{
public:
    /// `http` makes the request.
    explicit EmitActivity(std::unique_ptr<Activity> http)
        : m_http(std::move(http))
    {}

    void start(const ActivityRequest &request, ActivityDone done) override;
    void cancel(const ActivityKey &key) override;

private:
    std::unique_ptr<Activity> m_http;
};

} // namespace engine
