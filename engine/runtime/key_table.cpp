#include "engine/runtime/key_table.h"

#include "engine/model/flow.h"

#include <algorithm>
#include <iterator>

namespace engine {

KeyTable::KeyTable(Store &store)
    : m_store(store)
{}

void KeyTable::recover(const std::vector<CorrelatedDue> &kept)
{
    for (const CorrelatedDue &one : kept) {
        m_untils.emplace(one.until, one.id);
        m_untilOf[one.id] = one.until;
        m_lastId = std::max(m_lastId, one.id);
    }
}

bool KeyTable::isClosed(const KeyedWait &wait, const std::string &name, int change) const
{
    const auto isAfter = [change](const auto &closed, const auto &which) {
        const auto at = closed.find(which);
        return at != closed.end() && at->second > change;
    };
    const std::pair fact(wait.run, wait.wait);
    return isAfter(m_ended, wait.run) || isAfter(m_closed, fact) ||
           isAfter(m_closedNames, std::pair(fact, name));
}

Result<std::vector<KeyedWait>> KeyTable::waiting(
    const std::string &name, const std::string &key, int limit)
{
    // What this turn closed is among those on disk still.
    const int more = static_cast<int>(m_closed.size() + m_closedNames.size() + m_ended.size());
    auto waits = m_store.correlation().waiting(name, key, limit + more);
    if (!waits)
        return waits;
    std::erase_if(*waits, [&](const KeyedWait &wait) { return isClosed(wait, name, 0); });
    if (const auto opened = m_opened.find({name, key}); opened != m_opened.end()) {
        for (const Opened &one : opened->second) {
            if (!isClosed(one.wait, name, one.change))
                waits->push_back(one.wait);
        }
    }
    std::ranges::stable_sort(*waits, {}, &KeyedWait::openedAt);
    if (waits->size() > static_cast<std::size_t>(limit))
        waits->resize(static_cast<std::size_t>(limit));
    return waits;
}

Result<std::optional<CorrelatedEvent>> KeyTable::oldestKept(
    const std::string &name, const EventKey &key)
{
    if (m_untils.empty())
        return std::optional<CorrelatedEvent>();
    const auto ids = m_store.correlation().kept(
        name, key, 1 + static_cast<int>(m_gone.size() + m_underWay.size()));
    if (!ids)
        return ids.error();
    for (const std::int64_t id : *ids) {
        if (!m_gone.contains(id) && !m_underWay.contains(id))
            return event(id);
    }
    for (const auto &[id, one] : m_kept) {
        const bool fits = sameEventName(one.event.name, name) &&
                          std::ranges::find(one.keys, key) != one.keys.end();
        if (fits && !m_underWay.contains(id))
            return std::optional(one);
    }
    return std::optional<CorrelatedEvent>();
}

Result<std::optional<CorrelatedEvent>> KeyTable::event(std::int64_t id)
{
    if (m_gone.contains(id))
        return std::optional<CorrelatedEvent>();
    if (const auto kept = m_kept.find(id); kept != m_kept.end())
        return std::optional(kept->second);
    return m_store.correlation().event(id);
}

Result<std::optional<CorrelationAnswer>> KeyTable::answer(
    const std::string &name, const std::string &key, const std::string &eventId)
{
    if (const auto known = m_answers.find({{name, key}, eventId}); known != m_answers.end())
        return std::optional(known->second);
    return m_store.correlation().answer(name, key, eventId);
}

Result<std::vector<std::pair<std::string, EventKey>>> KeyTable::deliverable()
{
    return m_store.correlation().deliverable();
}

Result<bool> KeyTable::isLive(const FlowId &flow, int version)
{
    return m_live.contains({flow, version}) ? Result(true)
                                            : m_store.correlation().isLive(flow, version);
}

void KeyTable::note(const InstanceCommit &commit, const IndexChanges &changes)
{
    const RunKey run = commit.row.run;
    ++m_changes;
    if (changes.runEnded) {
        m_ended[run] = m_changes;
        return;
    }
    m_live.emplace(commit.summary.flow, commit.summary.version);
    for (const KeyGone &gone : changes.keysClosed) {
        if (gone.name.empty())
            m_closed[{run, gone.wait}] = m_changes;
        else
            m_closedNames[{std::pair(run, gone.wait), gone.name}] = m_changes;
    }
    const InstanceSummary &summary = commit.summary;
    for (const KeyRow &row : changes.keysOpened)
        m_opened[{row.name, row.key}].push_back(
            {{summary.instance, run, row.wait, summary.flow, summary.version, row.openedAt},
             m_changes});
}

void KeyTable::keep(CorrelatedEvent event, Turn &turn)
{
    m_untils.emplace(event.until, event.id);
    m_untilOf[event.id] = event.until;
    turn.correlated.push_back(event);
    m_kept[event.id] = std::move(event);
}

void KeyTable::remove(std::int64_t id, Turn &turn)
{
    if (const auto until = m_untilOf.find(id); until != m_untilOf.end()) {
        m_untils.erase({until->second, id});
        m_untilOf.erase(until);
    }
    m_kept.erase(id);
    m_gone.insert(id);
    turn.correlatedGone.push_back(id);
}

void KeyTable::remember(AnsweredEvent answer, Turn &turn)
{
    m_answers[{{answer.name, answer.key}, answer.eventId}] = answer.answer;
    turn.answeredEvents.push_back(std::move(answer));
}

void KeyTable::setUnderWay(std::int64_t id, bool isUnderWay)
{
    if (isUnderWay)
        m_underWay.insert(id);
    else
        m_underWay.erase(id);
}

std::optional<Instant> KeyTable::nextExpiry() const
{
    return m_untils.empty() ? std::optional<Instant>() : m_untils.begin()->first;
}

std::vector<std::int64_t> KeyTable::expired(Instant now) const
{
    std::vector<std::int64_t> ids;
    for (const auto &[until, id] : m_untils) {
        if (until > now)
            break;
        if (!m_underWay.contains(id))
            ids.push_back(id);
    }
    return ids;
}

void KeyTable::committed()
{
    m_changes = 0;
    m_opened.clear();
    m_closed.clear();
    m_closedNames.clear();
    m_ended.clear();
    m_live.clear();
    m_kept.clear();
    m_gone.clear();
    m_answers.clear();
}

} // namespace engine
