#pragma once

#include "engine/store/index_changes.h"
#include "engine/store/sqlite/any_row.h"
#include "engine/store/sqlite/sqlite_statement.h"
#include "engine/store/store.h"

#include <vector>

namespace engine {

/// Writes table wait_key. Refusals stay in the session.
class KeyTables
{
public:
    explicit KeyTables(SqliteSession &session);

    void apply(RunKey run, const IndexChanges &changes);
    void forget(RunKey run);
    void clear();

private:
    AnyRow m_any; ///< most waits have no key, and closing them asks for nothing then
    SqliteStatement m_add;
    SqliteStatement m_remove;
    SqliteStatement m_removeName;
    SqliteStatement m_forget;
    SqliteStatement m_clear;
};

/// Reads events that are kept under their keys. Refusals stay in the session.
class CorrelatedRows
{
public:
    explicit CorrelatedRows(SqliteSession &session);

    std::optional<CorrelatedEvent> find(std::int64_t id);
    std::vector<CorrelatedEvent> oldest(int limit, std::int64_t after);

private:
    void addKeys(CorrelatedEvent &event);

    SqliteStatement m_find;
    SqliteStatement m_oldest;
    SqliteStatement m_keys;
};

/// Writes what a turn says of correlated events, and reads what correlation asks for. Engine thread
/// only.
class SqliteCorrelation final : public CorrelationStore
{
public:
    explicit SqliteCorrelation(SqliteSession &session);

    void write(const Turn &turn);
    std::vector<CorrelatedDue> due();

    Result<std::vector<KeyedWait>> waiting(
        const std::string &name, const std::string &key, int limit) override;
    Result<std::vector<std::int64_t>> kept(
        const std::string &name, const EventKey &key, int limit) override;
    Result<std::optional<CorrelatedEvent>> event(std::int64_t id) override;
    Result<std::optional<CorrelationAnswer>> answer(
        const std::string &name, const std::string &key, const std::string &eventId) override;
    Result<std::vector<std::pair<std::string, EventKey>>> deliverable() override;
    Result<bool> isLive(const FlowId &flow, int version) override;

private:
    void write(const CorrelatedEvent &event);

    template<typename T>
    Result<T> answered(T value)
    {
        if (auto fault = m_session.takeFault())
            return *fault;
        return value;
    }

    SqliteSession &m_session;
    CorrelatedRows m_events;
    SqliteStatement m_addEvent;
    SqliteStatement m_addKey;
    SqliteStatement m_removeEvent;
    SqliteStatement m_removeKeys;
    SqliteStatement m_addAnswer;
    SqliteStatement m_boundAnswers;
    SqliteStatement m_due;
    SqliteStatement m_waiting;
    SqliteStatement m_kept;
    SqliteStatement m_answer;
    SqliteStatement m_deliverable;
    SqliteStatement m_live;
};

} // namespace engine
