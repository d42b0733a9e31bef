#pragma once

#include "engine/store/sqlite/sqlite_statement.h"
#include "engine/store/store.h"

namespace engine {

/// Writes tables webhook and access_key, and what operators take out of others: grants and versions of
/// flows. Refusals stay in the session.
class SettingsTables
{
public:
    explicit SettingsTables(SqliteSession &session);

    void write(const Turn &turn);
    /// After the flows and before the grants of the turn.
    void takeBack(const Turn &turn);

private:
    void write(const StoredWebhook &webhook);
    void write(const StoredAccessKey &key);

    SqliteStatement m_setWebhook;
    SqliteStatement m_removeWebhook;
    SqliteStatement m_setAccessKey;
    SqliteStatement m_removeAccessKey;
    SqliteStatement m_removeGrants;
    SqliteStatement m_removeFlow;
};

} // namespace engine
