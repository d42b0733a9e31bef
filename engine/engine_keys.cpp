#include "engine/engine_keys.h"

#include "engine/webhooks/webhook.h"
#include "engine/wire/key_scope.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <utility>

namespace engine {
namespace {

constexpr std::size_t mostKeys = 1'000;
constexpr std::size_t longestLabel = 100;

/// Labels stand in the history as who did something; these are somebody else already.
constexpr std::array<std::string_view, 2> takenLabels{"default", "callback"};

bool isLabelLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-' || c == '.';
}

Result<void> checkLabel(const std::string &label)
{
    if (label.empty() || label.size() > longestLabel || !std::ranges::all_of(label, isLabelLetter))
        return Error{ErrorCode::InvalidArgument,
            "'label' must say whose key it is: letters, digits, _ - . and at most 100", "/label"};
    if (std::ranges::find(takenLabels, label) != takenLabels.end())
        return Error{
            ErrorCode::InvalidArgument, "the label '" + label + "' is taken; choose another",
            "/label"};
    return {};
}

Error noKey(const std::string &label)
{
    if (label == "default")
        return {ErrorCode::WrongState,
            "the key 'default' is the one in the file 'key' of the data directory; to change it, "
            "end Signalbox, delete the file and start again",
            {}};
    return {ErrorCode::NotFound, "there is no key '" + label + "'", {}};
}

bool sameDigest(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace

Result<std::unique_ptr<EngineKeys>> EngineKeys::from(
    EngineInbox &inbox, const Clock &clock, const std::vector<StoredAccessKey> &stored,
    std::function<void()> changed)
{
    std::unique_ptr<EngineKeys> keys(new EngineKeys(inbox, clock));
    for (const StoredAccessKey &one : stored) {
        auto scope = scopeFromText(one.scope);
        if (!scope)
            return Error{ErrorCode::Damaged,
                "the key '" + one.label + "' has the unknown scope '" + one.scope +
                    "'; put the last backup in the place of the database",
                {}};
        keys->m_keys.push_back(
            {one.label, scope->scope, one.digest, one.at, std::move(scope->webhook)});
    }
    keys->m_changed = std::move(changed);
    return keys;
}

Result<void> EngineKeys::mayMake(const std::string &label)
{
    if (auto right = checkLabel(label); !right)
        return right;
    const std::lock_guard lock(m_mutex);
    if (std::ranges::find(m_keys, label, &AccessKey::label) != m_keys.end())
        return Error{ErrorCode::AlreadyExists,
            "there is a key '" + label + "' already; rotate it, or revoke it first", {}};
    if (m_keys.size() + m_inHand.size() >= mostKeys)
        return Error{ErrorCode::WrongState, "there are 1000 keys; revoke some first", {}};
    if (!m_inHand.insert(label).second)
        return Error{ErrorCode::Busy, "the key '" + label + "' is being changed; try again", {}};
    return {};
}

Result<AccessKey> EngineKeys::takeInHand(const std::string &label)
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::ranges::find(m_keys, label, &AccessKey::label);
    if (found == m_keys.end())
        return noKey(label);
    if (!m_inHand.insert(label).second)
        return Error{ErrorCode::Busy, "the key '" + label + "' is being changed; try again", {}};
    return *found;
}

void EngineKeys::make(MakeKey request, Answered<AccessKey> answered)
{
    if (request.scope == KeyScope::OneWebhook) {
        if (auto path = checkWebhookPath(request.webhook); !path)
            return answered(Error{path.error().code, path.error().message, "/scope"});
    }
    if (const auto may = mayMake(request.label); !may)
        return answered(may.error());
    store({std::move(request.label), request.scope, std::move(request.digest), {},
              std::move(request.webhook)},
        false, std::move(request.source), std::move(answered));
}

void EngineKeys::rotate(
    std::string label, std::string digest, Source source, Answered<AccessKey> answered)
{
    auto key = takeInHand(label);
    if (!key)
        return answered(key.error());
    key->digest = std::move(digest);
    store(*std::move(key), false, std::move(source), std::move(answered));
}

void EngineKeys::revoke(std::string label, Source source, Answered<AccessKey> answered)
{
    auto key = takeInHand(label);
    if (!key)
        return answered(key.error());
    store(*std::move(key), true, std::move(source), std::move(answered));
}

void EngineKeys::store(AccessKey key, bool goes, Source source, Answered<AccessKey> answered)
{
    key.at = m_clock.now();
    SetAccessKey message{key.label, scopeText(key.scope, key.webhook),
        goes ? std::string() : key.digest, std::move(source), key.at};
    m_inbox.submit({{}, {}, std::move(message)},
        [this, key = std::move(key), goes, answered = std::move(answered)](
            const Result<Accepted> &accepted) mutable {
            settle(key, goes, bool(accepted));
            if (!accepted)
                return answered(accepted.error());
            m_changed();
            answered(std::move(key));
        });
}

void EngineKeys::settle(const AccessKey &key, bool goes, bool isDone)
{
    const std::lock_guard lock(m_mutex);
    m_inHand.erase(key.label);
    if (!isDone)
        return;
    const auto place = std::ranges::lower_bound(m_keys, key.label, {}, &AccessKey::label);
    const bool isThere = place != m_keys.end() && place->label == key.label;
    if (goes && isThere)
        m_keys.erase(place);
    else if (isThere)
        *place = key;
    else if (!goes)
        m_keys.insert(place, key);
}

std::vector<AccessKey> EngineKeys::keys() const
{
    const std::lock_guard lock(m_mutex);
    return m_keys;
}

std::optional<AccessKey> EngineKeys::keyOf(std::string_view digest) const
{
    const std::lock_guard lock(m_mutex);
    const AccessKey *found = nullptr;
    for (const AccessKey &key : m_keys) {
        if (sameDigest(key.digest, digest))
            found = &key;
    }
    return found ? std::optional(*found) : std::nullopt;
}

} // namespace engine
