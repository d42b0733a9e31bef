#include "engine/activities/work_board.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace engine {
namespace {

constexpr std::size_t mostCanceled = 10'000; // leases that we remember to have been canceled

/// What a lease begins with: it names the attempt, so that it can be told after a restart.
std::string beginningOf(const ActivityRequest &request)
{
    return std::to_string(request.key.run.value) + '-' + std::to_string(request.key.task) + '-' +
           std::to_string(request.attempt) + '-';
}

Error notYours()
{
    return {ErrorCode::WrongState,
        "this lease is not good any more: it ran out, or its work is done; drop what you have and "
        "fetch again",
        {}};
}

Error notWanted()
{
    return {ErrorCode::Finished, "this work was canceled; drop it and fetch again", {}};
}

} // namespace

WorkBoard::WorkBoard(const Clock &clock, std::function<std::string()> makeMark)
    : m_clock(clock)
    , m_makeMark(std::move(makeMark))
{}

void WorkBoard::add(const ActivityRequest &request, ActivityDone done)
{
    const auto with = request.with.tree();
    const auto name = with.is_object() ? with.value("name", nlohmann::json()) : nlohmann::json();
    if (!name.is_string() || name.get<std::string>().empty())
        return done(Failure{.type = "ValidationError",
            .message = "worker: 'with' must be an object with the text 'name'",
            .retriable = false});
    cancel(request.key);
    Item item{.request = request, .name = name.get<std::string>(), .done = std::move(done)};
    if (with.contains("input"))
        item.input = JsonText::of(with["input"]);
    if (request.timeout > Milliseconds(0))
        item.deadline = m_clock.now() + request.timeout;
    item.place = ++m_lastPlace;
    m_free[item.name].emplace(item.place, request.key);
    setDue(m_items.insert_or_assign(request.key, std::move(item)).first->second);
    serve();
}

void WorkBoard::cancel(const ActivityKey &key)
{
    const auto found = m_items.find(key);
    if (found == m_items.end())
        return;
    if (!found->second.lease.empty())
        remember(found->second.lease);
    end(key, {.type = "WorkerError", .message = "worker: canceled", .retriable = false});
}

void WorkBoard::remember(const std::string &canceledLease)
{
    m_canceled.insert(canceledLease);
    m_canceledOrder.push_back(canceledLease);
    if (m_canceledOrder.size() <= mostCanceled)
        return;
    m_canceled.erase(m_canceledOrder.front());
    m_canceledOrder.pop_front();
}

void WorkBoard::end(const ActivityKey &key, Failure failure)
{
    auto item = m_items.extract(key);
    if (!item)
        return;
    forget(item.mapped());
    item.mapped().done(std::move(failure));
}

/// Everything that leads to an item that leaves.
void WorkBoard::forget(Item &item)
{
    item.claimed = true;
    setDue(item);
    m_leases.erase(item.lease);
    takeOff(item);
}

/// It can be handed out no longer. Names may be as many as instances: none stays without work.
void WorkBoard::takeOff(const Item &item)
{
    const auto free = m_free.find(item.name);
    if (free == m_free.end())
        return;
    free->second.erase(item.place);
    if (free->second.empty())
        m_free.erase(free);
}

std::vector<WorkTaken> WorkBoard::takeNow(const WorkWanted &wanted)
{
    std::vector<WorkTaken> taken;
    const auto free = m_free.find(wanted.name);
    if (free == m_free.end())
        return taken;
    const std::size_t count = std::min(wanted.most, free->second.size());
    while (taken.size() < count) {
        Item &item = m_items.at(free->second.begin()->second);
        takeOff(item);
        item.lease = beginningOf(item.request) + m_makeMark();
        item.until = m_clock.now() + wanted.lease;
        m_leases.emplace(item.lease, item.request.key);
        setDue(item);
        taken.push_back({item.request, item.lease, item.input, item.until});
    }
    return taken;
}

void WorkBoard::fetch(WorkWanted wanted, Took took)
{
    const Instant until = m_clock.now() + wanted.wait;
    m_waiting.push_back({std::move(wanted), std::move(took), until});
    look();
}

void WorkBoard::look()
{
    endLate();
    serve();
}

/// Why an attempt that is due ends without a result.
Failure WorkBoard::verdictOn(const Item &item, Instant now) const
{
    if (item.deadline && *item.deadline <= now)
        return {.type = "ActivityTimeout",
            .message = "worker: '" + item.name + "' was not done within " +
                       std::to_string(item.request.timeout.count()) + " ms"};
    return {.type = "WorkerError",
        .message =
            "worker: who took '" + item.name + "' neither finished it nor prolonged the lease"};
}

/// After each change of its times.
void WorkBoard::setDue(Item &item)
{
    if (item.due)
        m_due.erase({*item.due, item.request.key});
    item.due = item.deadline;
    if (!item.lease.empty())
        item.due = std::min(item.deadline.value_or(item.until), item.until);
    if (item.claimed)
        item.due.reset();
    if (item.due)
        m_due.emplace(*item.due, item.request.key);
}

void WorkBoard::endLate()
{
    const Instant now = m_clock.now();
    while (!m_due.empty() && m_due.begin()->first <= now) {
        const ActivityKey key = m_due.begin()->second;
        end(key, verdictOn(m_items.at(key), now));
    }
}

/// Those who have waited longest come first; a wait that is over ends with nothing.
void WorkBoard::serve()
{
    const Instant now = m_clock.now();
    std::vector<std::pair<Took, std::vector<WorkTaken>>> served;
    for (auto waiting = m_waiting.begin(); waiting != m_waiting.end();) {
        auto taken = takeNow(waiting->wanted);
        if (taken.empty() && waiting->until > now) {
            ++waiting;
            continue;
        }
        served.emplace_back(std::move(waiting->took), std::move(taken));
        waiting = m_waiting.erase(waiting);
    }
    for (auto &[took, taken] : served)
        took(std::move(taken));
}

std::optional<Instant> WorkBoard::nextDue() const
{
    std::optional<Instant> next;
    const auto sooner = [&next](Instant at) { next = std::min(next.value_or(at), at); };
    if (!m_due.empty())
        sooner(m_due.begin()->first);
    for (const Waiting &waiting : m_waiting)
        sooner(waiting.until);
    return next;
}

Result<WorkBoard::Item *> WorkBoard::find(const std::string &name, const std::string &lease)
{
    endLate(); // a lease that ran out this moment is no longer good
    if (m_canceled.contains(lease))
        return notWanted();
    if (const auto known = m_leases.find(lease); known != m_leases.end()) {
        Item &item = m_items.at(known->second);
        return item.name == name ? Result<Item *>(&item) : notYours();
    }
    // From before a restart: theirs again, unless somebody else has it.
    const auto old = std::ranges::find_if(m_items, [&](const auto &entry) {
        return entry.second.name == name && entry.second.lease.empty() &&
               lease.starts_with(beginningOf(entry.second.request));
    });
    if (old == m_items.end())
        return notYours();
    Item &item = old->second;
    takeOff(item);
    item.lease = lease;
    m_leases.emplace(lease, item.request.key);
    return &item;
}

Result<Instant> WorkBoard::prolong(
    const std::string &name, const std::string &lease, Milliseconds by)
{
    const auto item = find(name, lease);
    if (!item)
        return item.error();
    if ((*item)->claimed)
        return notYours();
    (*item)->until = m_clock.now() + by;
    setDue(**item);
    return (*item)->until;
}

Result<ActivityRequest> WorkBoard::claim(const std::string &name, const std::string &lease)
{
    const auto item = find(name, lease);
    if (!item)
        return item.error();
    if ((*item)->claimed)
        return notYours();
    (*item)->claimed = true;
    setDue(**item);
    return (*item)->request;
}

void WorkBoard::close(const std::string &lease)
{
    if (const auto known = m_leases.extract(lease))
        forget(m_items.extract(known.mapped()).mapped()); // its outcome went its own way
}

void WorkBoard::release(const std::string &lease)
{
    const auto known = m_leases.find(lease);
    if (known == m_leases.end())
        return;
    Item &item = m_items.at(known->second);
    item.claimed = false;
    setDue(item);
}

} // namespace engine
