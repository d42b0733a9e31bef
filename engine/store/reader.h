#pragma once

#include "engine/base/result.h"
#include "engine/history/flow_statistics.h"
#include "engine/history/history_event.h"
#include "engine/history/instance_summary.h"
#include "engine/history/logged_change.h"
#include "engine/history/task_summary.h"
#include "engine/store/store.h"

#include <optional>
#include <string>
#include <vector>

namespace engine {

/// A page of a history, oldest first. `next` is the sequence to go on from, 0 at the end.
struct HistoryPage {
    std::vector<HistoryEvent> events;
    Sequence next = 0;
};

/// Durable memory, read side: what was committed. Query threads; an object belongs to one thread.
class Reader
{
public:
    virtual ~Reader() = default;

    virtual Result<std::optional<InstanceSummary>> find(const InstanceId &instance) = 0;
    /// `after` is InstancePage::next of the page before, or empty. InvalidArgument if it is neither.
    virtual Result<InstancePage> list(
        const InstanceFilter &filter, const std::string &after, int limit) = 0;
    virtual Result<HistoryPage> history(RunKey run, Sequence from, int limit) = 0;
    /// One entry a flow that has instances, by name.
    virtual Result<std::vector<InstanceCounts>> counts() = 0;
    /// All versions of all flows, by name and version; those that were removed are not among them.
    virtual Result<std::vector<StoredFlow>> flows() = 0;
    /// What users allowed, by flow and fingerprint.
    virtual Result<std::vector<Grant>> grants() = 0;
    /// By flow and version; of all flows if `flow` is empty. Reads the row of each instance of them.
    virtual Result<std::vector<VersionStatistics>> statistics(const FlowId &flow) = 0;
    /// Newest first, of those with a smaller id than `before`, if that is given.
    virtual Result<std::vector<UndeliveredEvent>> undelivered(
        int limit, std::optional<std::int64_t> before = {}) = 0;
    /// What was done to `instance`, or, if that is empty, to everything; newest first. `after` is
    /// AuditPage::next of the page before, or empty. InvalidArgument if it is neither.
    virtual Result<AuditPage> audit(
        const InstanceId &instance, const std::string &after, int limit) = 0;
    /// `after` is TaskPage::next of the page before, or empty. InvalidArgument if it is neither.
    virtual Result<TaskPage> tasks(
        const TaskFilter &filter, const std::string &after, int limit) = 0;
    /// By path.
    virtual Result<std::vector<StoredWebhook>> webhooks() = 0;
    /// Events that are kept under their keys, oldest first, of those with a greater id than `after`.
    virtual Result<std::vector<CorrelatedEvent>> correlated(int limit, std::int64_t after = 0) = 0;
    /// Whose run it is, as long as the run is there; nothing if it is nobody's.
    virtual Result<std::optional<InstanceSummary>> ownerOf(RunKey run) = 0;
    /// By label.
    virtual Result<std::vector<StoredAccessKey>> accessKeys() = 0;
    /// What the commits after the change `after` did, at most `limit` changes, oldest first.
    virtual Result<ChangeLogPage> changes(std::int64_t after, int limit) = 0;
};

} // namespace engine
