#pragma once

#include "engine/store/sqlite/index_tables.h"
#include "engine/store/sqlite/instance_tables.h"
#include "engine/store/sqlite/sqlite_rows.h"
#include "engine/store/store.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engine {

/// The summary that the rows of a run amount to: what the runtime's replay makes of them.
using Summarize = std::function<Result<InstanceSummary>(const std::vector<HistoryRow> &)>;

/// An instance whose history is damaged, and what is wrong with it. Nobody knows the name any more
/// if it is empty.
struct LeftAside {
    InstanceId instance;
    std::string reason;
};

/// Makes the indexes again from history (semantics 11.6). Within a transaction; refusals stay in
/// the session.
class IndexRebuild
{
public:
    IndexRebuild(SqliteSession &session, IndexTables &indexes, InstanceTables &instances,
        InstanceRows &summaries, HistoryRows &history);

    /// Refuses at the first history that is damaged.
    void all(const Summarize &summarize);
    /// As SqliteStore::rebuildWhatIsThere.
    std::vector<LeftAside> whatIsThere(
        const Summarize &summarize, const std::set<RunKey> &perhapsCut);

private:
    std::vector<RunKey> runs();
    std::map<RunKey, InstanceSummary> listed();
    Result<InstanceSummary> rebuild(RunKey run, Sequence length, const Summarize &summarize);
    std::optional<LeftAside> keep(
        RunKey run, std::optional<InstanceSummary> summary, const Error &why);
    std::optional<InstanceSummary> beginningOf(RunKey run);
    void goOn(const InstanceSummary &summary);

    SqliteSession &m_session;
    IndexTables &m_indexes;
    InstanceTables &m_instances;
    InstanceRows &m_summaries;
    HistoryRows &m_history;
    SqliteStatement m_runs;
    SqliteStatement m_names;
    SqliteStatement m_raiseNumbers;
    SqliteStatement m_nextMessage;
    SqliteStatement m_addMessage;
    bool m_yielded = false; ///< the run that was made last
};

} // namespace engine
