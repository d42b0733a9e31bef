#pragma once

#include "engine/activities/builtin/net_activity.h"
#include "engine/activities/secrets.h"
#include "engine/base/callback_url.h"

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace engine {

/// A member of `with` that is the name of a secret (`connection`), and the name if it is left out.
struct NamedSecret {
    std::string member;
    std::optional<std::string> otherwise;
};

/// Where the values come from. `find` is called on the net thread.
struct SecretSources {
    FindSecret find;
    CallbackUrl callbackUrl;
};

/// An activity whose `${secret:NAME}` are filled in just before each attempt and hidden in what
/// comes of it. Nobody but the activity itself ever sees a value.
std::unique_ptr<Activity> withSecretsOf(const SecretSources &sources, QObject &net,
    std::unique_ptr<Activity> activity, std::optional<NamedSecret> named = {});

} // namespace engine
