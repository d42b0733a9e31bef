#include "engine/rest/connection_seats.h"

#include <algorithm>

namespace engine {

ConnectionSeats::ConnectionSeats(std::size_t limit, std::size_t reserved)
    : m_limit(std::max<std::size_t>(limit, 1))
    , m_reserved(std::min(reserved, m_limit - 1))
{}

ConnectionSeats::Verdict ConnectionSeats::admitOneMore() const
{
    const auto strangers = static_cast<std::size_t>(
        std::ranges::count_if(m_seats, [](const auto &seat) { return !seat.second.hasKey; }));
    if (m_seats.size() < m_limit && strangers < m_limit - m_reserved)
        return {true, {}};
    auto leaves = longestSilentWhere(false);
    if (!leaves && m_seats.size() >= m_limit)
        leaves = longestSilentWhere(true);
    return {leaves.has_value(), leaves};
}

std::optional<ConnectionSeats::Seat> ConnectionSeats::longestSilent() const
{
    const auto stranger = longestSilentWhere(false);
    return stranger ? stranger : longestSilentWhere(true);
}

std::optional<ConnectionSeats::Seat> ConnectionSeats::longestSilentWhere(bool hasKey) const
{
    std::optional<Seat> longest;
    for (const auto &[seat, state] : m_seats)
        if (state.silent && state.hasKey == hasKey &&
            (!longest || state.since < m_seats.at(*longest).since))
            longest = seat;
    return longest;
}

ConnectionSeats::Seat ConnectionSeats::take()
{
    m_seats.emplace(++m_last, State{.since = ++m_moment});
    return m_last;
}

void ConnectionSeats::leave(Seat seat) { m_seats.erase(seat); }

void ConnectionSeats::becomesSilent(Seat seat)
{
    State &state = m_seats.at(seat);
    state.silent = true;
    state.since = ++m_moment;
}

void ConnectionSeats::becomesBusy(Seat seat) { m_seats.at(seat).silent = false; }

void ConnectionSeats::showsKey(Seat seat) { m_seats.at(seat).hasKey = true; }

} // namespace engine
