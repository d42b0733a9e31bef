#pragma once

#include "engine/store/index_changes.h"
#include "engine/store/store.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace engine {

/// Who waits under which key, what is kept for whoever will, and what was answered
/// (semantics 10.1): what is on disk, and what the turn in hand does beyond it. In memory stand
/// only the times at which events expire.
class KeyTable
{
public:
    explicit KeyTable(Store &store);

    void recover(const std::vector<CorrelatedDue> &kept);

    /// At most `limit`, in the order in which they opened.
    Result<std::vector<KeyedWait>> waiting(
        const std::string &name, const std::string &key, int limit);
    /// The oldest that is kept under the key and is on its way to nobody.
    Result<std::optional<CorrelatedEvent>> oldestKept(const std::string &name, const EventKey &key);
    Result<std::optional<CorrelatedEvent>> event(std::int64_t id);
    Result<std::optional<CorrelationAnswer>> answer(
        const std::string &name, const std::string &key, const std::string &eventId);
    Result<std::vector<std::pair<std::string, EventKey>>> deliverable();
    /// Whether a version has instances that live. Those that end in the turn in hand still do.
    Result<bool> isLive(const FlowId &flow, int version);

    /// What a row of an instance whose flow correlates did: the waits that it opened and closed.
    void note(const InstanceCommit &commit, const IndexChanges &changes);
    /// Puts it into the turn.
    void keep(CorrelatedEvent event, Turn &turn);
    void remove(std::int64_t id, Turn &turn);
    void remember(AnsweredEvent answer, Turn &turn);
    /// An event is on its way to an instance, or it is not after all.
    void setUnderWay(std::int64_t id, bool isUnderWay);
    bool isUnderWay(std::int64_t id) const { return m_underWay.contains(id); }

    std::int64_t nextId() { return ++m_lastId; }
    std::size_t keptCount() const { return m_untils.size(); }
    /// When the first event expires. One that is on its way is a message in the inbox, so there is
    /// work to do anyway.
    std::optional<Instant> nextExpiry() const;
    /// Those whose time is up and that are on their way to nobody.
    std::vector<std::int64_t> expired(Instant now) const;
    /// The turn is on disk.
    void committed();

private:
    using Place = std::pair<std::string, std::string>; ///< name, key

    /// A wait that the turn opened, and as which of its changes: what is closed in the same
    /// turn can open again, with a rewind.
    struct Opened
    {
        KeyedWait wait;
        int change = 0;
    };

    /// Whether the turn closed, after `change`, what stood for `name`.
    bool isClosed(const KeyedWait &wait, const std::string &name, int change) const;

    Store &m_store;
    std::set<std::pair<Instant, std::int64_t>> m_untils;
    std::map<std::int64_t, Instant> m_untilOf;
    std::set<std::int64_t> m_underWay;
    std::int64_t m_lastId = 0;

    // Of the turn in hand.
    int m_changes = 0;
    std::map<Place, std::vector<Opened>> m_opened;
    // By which change it was closed last.
    std::map<std::pair<RunKey, Sequence>, int> m_closed; ///< under every name
    std::map<std::pair<std::pair<RunKey, Sequence>, std::string>, int> m_closedNames;
    std::map<RunKey, int> m_ended;
    std::set<std::pair<FlowId, int>> m_live; ///< versions of instances that it left live
    std::map<std::int64_t, CorrelatedEvent> m_kept;
    std::set<std::int64_t> m_gone;
    std::map<std::pair<Place, std::string>, CorrelationAnswer> m_answers;
};

} // namespace engine
