#pragma once

#include "engine/history/flow_statistics.h"
#include "engine/history/logged_change.h"
#include "engine/store/index_changes.h"
#include "engine/store/store.h"

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace engine {

using FactKey = std::pair<RunKey, Sequence>;

/// What can be thrown away and made again from history.
struct MemoryIndexes {
    std::map<FactKey, TimerRow> timers;
    std::set<FactKey> work;
    std::map<FactKey, WaitRow> waits;
    std::map<FactKey, KeptEventRow> keptEvents;
    std::map<FactKey, TaskRow> tasks;
    std::map<std::pair<FactKey, std::string>, KeyRow> keys; ///< by folded name

    /// Instance, folded name, event id and run.
    std::set<std::tuple<InstanceId, std::string, std::string, RunKey>> duplicates;

    bool operator==(const MemoryIndexes &) const = default;
};

void apply(MemoryIndexes &indexes, const HistoryRow &row, const InstanceId &instance);
/// All but duplicates, which live on when a run has ended.
void forget(MemoryIndexes &indexes, RunKey run);

/// The tables of a memory store: plain containers, no rules.
struct MemoryTables {
    std::map<RunKey, std::vector<HistoryRow>> history;
    std::map<RunKey, InstanceSummary, std::greater<>> instances; ///< newest first, as lists want
    std::map<InstanceId, RunKey> current;
    MemoryIndexes indexes;
    std::map<std::int64_t, Message> inbox;
    std::map<std::pair<FlowId, int>, StoredFlow> flows;
    std::map<std::pair<FlowId, std::string>, Grant> grants;
    std::deque<UndeliveredEvent> undelivered; ///< oldest first
    std::deque<AuditEntry> audit;             ///< oldest first
    std::map<std::int64_t, CorrelatedEvent> correlated;
    std::deque<AnsweredEvent> answeredEvents; ///< oldest first
    std::map<std::string, StoredWebhook> webhooks;
    std::map<std::string, StoredAccessKey> accessKeys;
    std::deque<LoggedChange> changes; ///< oldest first
    std::int64_t lastChange = 0;
    std::map<RunKey, Snapshot> snapshots;
    RunKey lastRun;
    std::int64_t lastMessage = 0;
    std::int64_t lastUndelivered = 0;
};

/// As Reader::statistics().
std::vector<VersionStatistics> statisticsOf(const MemoryTables &tables, const FlowId &flow);
/// Writes a turn that was checked before.
void apply(MemoryTables &tables, const Turn &turn);

} // namespace engine
