#pragma once

#include "engine/activities/builtin/net_activity.h"

#include <QString>

namespace engine {

/// A notification on the desktop: `{ title, text }` ⇒ null. Where there is no desktop it is a
/// NotifyError that says so.
class NotifyActivity final : public NetActivity
{
public:
    /// `bus`: address of the D-Bus; empty: that of the session.
    explicit NotifyActivity(QObject &net, const QString &bus = {});
};

} // namespace engine
