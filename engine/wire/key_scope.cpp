#include "engine/wire/key_scope.h"

#include "engine/base/enum_names.h"

namespace engine {
namespace {

constexpr EnumNames<KeyScope, 3> scopeNames{{{KeyScope::Full, "full"},
    {KeyScope::RaiseOnly, "raise-only"}, {KeyScope::ReadOnly, "read-only"}}};
constexpr std::string_view webhookPrefix = "webhook:";

} // namespace

std::string scopeText(KeyScope scope, const std::string &webhook)
{
    if (scope == KeyScope::OneWebhook)
        return std::string(webhookPrefix) + webhook;
    return std::string(nameOf(scopeNames, scope));
}

std::optional<WrittenScope> scopeFromText(std::string_view text)
{
    if (text.size() > webhookPrefix.size() && text.starts_with(webhookPrefix))
        return WrittenScope{
            KeyScope::OneWebhook, std::string(text.substr(webhookPrefix.size()))};
    const auto scope = valueNamed(scopeNames, text);
    return scope ? std::optional(WrittenScope{*scope, {}}) : std::nullopt;
}

} // namespace engine
