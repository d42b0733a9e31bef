#pragma once

#include "engine/activities/activity.h"
#include "engine/base/result.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace engine {

/// What an outside program asks the board for.
struct WorkWanted {
    std::string name;
    std::size_t most = 1;
    Milliseconds lease{60'000}; ///< how long it is theirs, unless they prolong it
    Milliseconds wait{0};       ///< for work to come, where there is none
};

/// One attempt that an outside program has taken on.
struct WorkTaken {
    ActivityRequest request;
    std::string lease; ///< names it in every later call
    JsonText input;
    Instant until{};
};

/// The attempts that wait for programs outside, and who has which (semantics 5.5). An attempt ends
/// when its lease runs out: whether there is another is for its retry policy to say. Leases are in
/// memory: after a restart all open work is on the board again, and a program that still holds an
/// old lease goes on with it if nobody else took the work. One thread.
class WorkBoard
{
public:
    using Took = std::function<void(std::vector<WorkTaken>)>;

    /// `makeMark`: letters and digits that nobody can guess, for each lease.
    WorkBoard(const Clock &clock, std::function<std::string()> makeMark);

    /// Puts `{ name, input }` on the board. ValidationError where there is no name.
    void add(const ActivityRequest &request, ActivityDone done);
    /// It leaves the board; its holder is told so at its next call.
    void cancel(const ActivityKey &key);

    /// Leases what there is, or what comes within the wait; else nothing.
    void fetch(WorkWanted wanted, Took took);
    /// Until when it is theirs now.
    Result<Instant> prolong(const std::string &name, const std::string &lease, Milliseconds by);
    /// Whose result it is. From now on nobody else gets the work and no time runs out for it, until
    /// it is closed (the result is on disk) or released (it is not).
    Result<ActivityRequest> claim(const std::string &name, const std::string &lease);
    void close(const std::string &lease);
    void release(const std::string &lease);

    /// Ends what has run out, hands out what can be.
    void look();
    /// When to look next; nothing: not before something happens.
    std::optional<Instant> nextDue() const;

private:
    struct Item {
        ActivityRequest request;
        std::string name;
        JsonText input;
        ActivityDone done;
        std::uint64_t place = 0;         ///< the lower, the earlier it is handed out
        std::optional<Instant> deadline; ///< of the attempt
        std::string lease;               ///< empty: it is free
        Instant until{};                 ///< of the lease
        bool claimed = false;
        std::optional<Instant> due; ///< its place in m_due
    };
    struct Waiting {
        WorkWanted wanted;
        Took took;
        Instant until{};
    };

    std::vector<WorkTaken> takeNow(const WorkWanted &wanted);
    Failure verdictOn(const Item &item, Instant now) const;
    void setDue(Item &item);
    Result<Item *> find(const std::string &name, const std::string &lease);
    void end(const ActivityKey &key, Failure failure);
    void forget(Item &item);
    void takeOff(const Item &item);
    void endLate();
    void serve();
    void remember(const std::string &canceledLease);

    const Clock &m_clock;
    std::function<std::string()> m_makeMark;
    std::uint64_t m_lastPlace = 0;
    std::map<ActivityKey, Item> m_items;
    std::set<std::pair<Instant, ActivityKey>> m_due; ///< when a lease or an attempt runs out
    std::map<std::string, ActivityKey> m_leases;
    std::map<std::string, std::map<std::uint64_t, ActivityKey>> m_free; ///< by name, oldest first
    std::list<Waiting> m_waiting;
    std::set<std::string> m_canceled; ///< leases, the last of them
    std::deque<std::string> m_canceledOrder;
};

} // namespace engine
