#pragma once

#include "engine/activities/builtin/net_activity.h"

namespace engine {

/// A mail by SMTP: `{ to, subject, text }` ⇒ null. `connection` (default `mail`) names the secret
/// that holds the server's address. A password travels encrypted, or to this machine only.
class MailActivity final : public NetActivity
{
public:
    explicit MailActivity(QObject &net);
};

} // namespace engine
