#include "engine/store/sqlite/settings_tables.h"

namespace engine {
namespace {

constexpr auto putWebhook =
    "insert or replace into webhook (path, at_ms, text) values (:path, :at_ms, :text)";
constexpr auto deleteWebhook = "delete from webhook where path = :path";
constexpr auto putAccessKey = R"(
    insert or replace into access_key (label, scope, digest, at_ms)
    values (:label, :scope, :digest, :at_ms))";
constexpr auto deleteAccessKey = "delete from access_key where label = :label";

} // namespace

SettingsTables::SettingsTables(SqliteSession &session)
    : m_setWebhook(session, putWebhook)
    , m_removeWebhook(session, deleteWebhook)
    , m_setAccessKey(session, putAccessKey)
    , m_removeAccessKey(session, deleteAccessKey)
{}

void SettingsTables::write(const Turn &turn)
{
    for (const StoredAccessKey &key : turn.accessKeys)
        write(key);
    for (const StoredWebhook &webhook : turn.webhooks)
        write(webhook);
}

void SettingsTables::write(const StoredWebhook &webhook)
{
    if (webhook.text.empty())
        m_removeWebhook.execute(webhook.path);
    else
        m_setWebhook.execute(webhook.path, webhook.at, webhook.text);
}

void SettingsTables::write(const StoredAccessKey &key)
{
    if (key.digest.empty())
        m_removeAccessKey.execute(key.label);
    else
        m_setAccessKey.execute(key.label, key.scope, key.digest, key.at);
}

} // namespace engine
