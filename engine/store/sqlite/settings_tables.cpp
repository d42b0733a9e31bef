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
constexpr auto deleteGrants = R"(delete from "grant" where flow = :flow)";
// The row says that the number is taken.
constexpr auto emptyFlow = "update flow set text = '' where flow = :flow and version = :version";

} // namespace

SettingsTables::SettingsTables(SqliteSession &session)
    : m_setWebhook(session, putWebhook)
    , m_removeWebhook(session, deleteWebhook)
    , m_setAccessKey(session, putAccessKey)
    , m_removeAccessKey(session, deleteAccessKey)
    , m_removeGrants(session, deleteGrants)
    , m_removeFlow(session, emptyFlow)
{}

void SettingsTables::write(const Turn &turn)
{
    for (const StoredAccessKey &key : turn.accessKeys)
        write(key);
    for (const StoredWebhook &webhook : turn.webhooks)
        write(webhook);
}

void SettingsTables::takeBack(const Turn &turn)
{
    for (const FlowId &flow : turn.grantsGone)
        m_removeGrants.execute(flow);
    for (const RemovedFlow &gone : turn.flowsGone)
        m_removeFlow.execute(gone.flow, gone.version);
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
