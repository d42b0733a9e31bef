#pragma once

#include "engine/activities/activity.h"
#include "engine/base/result.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace engine {

/// Values of secrets by name.
using SecretValues = std::map<std::string, std::string, std::less<>>;

using SecretFound = std::function<void(Result<std::string>)>;
/// Looks a secret up; NotFound, or Unavailable. Answers on the thread that asked, which has an
/// event loop.
using FindSecret = std::function<void(const std::string &name, SecretFound found)>;

/// Whether a secret can have this name: letters, digits, `_`, `-`, `.`, at most 100.
bool isSecretName(std::string_view name);
/// The names in `${secret:NAME}` of a text.
std::set<std::string> secretNamesIn(std::string_view text);
/// `with`, where `${secret:NAME}` in a string is the value of a name that is in `values`.
Result<JsonText> withSecrets(const JsonText &with, const SecretValues &values);
/// `outcome`, where a value that it repeats is `${secret:NAME}` again, so that none gets into
/// history, log or an answer (semantics 5.6). Values of fewer than four characters are hidden only
/// where they stand alone.
ActivityOutcome withoutSecrets(ActivityOutcome outcome, const SecretValues &values);

} // namespace engine
