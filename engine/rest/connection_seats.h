#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace engine {

/// Who keeps a connection when there are too many. Silent connections, those that owe us a request,
/// leave first, the longest silent of them before the others; the last seats are for callers that
/// have shown a key. Pure bookkeeping: the server does the closing.
class ConnectionSeats
{
public:
    using Seat = std::uint64_t;

    /// `reserved` of the `limit` seats are for callers with a key.
    ConnectionSeats(std::size_t limit, std::size_t reserved);

    /// Whether one more may come, and who must leave for that.
    struct Verdict {
        bool admitted = false;
        std::optional<Seat> leaves;
    };
    Verdict admitOneMore() const;
    /// The longest silent one, if any.
    std::optional<Seat> longestSilent() const;

    Seat take();
    void leave(Seat seat);
    /// It waits for a request, or for the rest of its head.
    void becomesSilent(Seat seat);
    /// Its request is being read or answered.
    void becomesBusy(Seat seat);
    void showsKey(Seat seat);
    std::size_t count() const { return m_seats.size(); }

private:
    struct State {
        bool silent = true;
        bool hasKey = false;
        std::uint64_t since = 0; ///< order in which they fell silent
    };
    std::optional<Seat> longestSilentWhere(bool hasKey) const;

    std::size_t m_limit;
    std::size_t m_reserved;
    std::uint64_t m_moment = 0;
    Seat m_last = 0;
    std::map<Seat, State> m_seats;
};

} // namespace engine
