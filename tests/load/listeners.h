#pragma once

#include "tests/load/figures.h"
#include "tests/load/running_engine.h"

#include <cstdint>
#include <semaphore>
#include <string>

namespace load {

/// As long as an id that is made: 32 characters.
std::string listenerName(int number);

/// Puts messages to the door, so many at once, and notes how long each answer took. One thread.
class Listeners
{
public:
    Listeners(engine::Door door, int atOnce)
        : m_door(door)
        , m_atOnce(atOnce)
        , m_seats(atOnce)
    {}

    /// Waits for a seat, then goes on.
    void start(int number);
    void raise(int number);
    /// As above; its time counts from `due`.
    void raiseSince(int number, SteadyClock::time_point due);
    /// Until all are answered; throws if one was refused. Takes the times of the answers.
    Times finish();

private:
    void raiseFrom(int number, SteadyClock::time_point begin);
    engine::Completion<engine::Acceptance> seat(SteadyClock::time_point begin);

    engine::Door m_door;
    int m_atOnce;
    std::counting_semaphore<> m_seats;
    Times m_times;         ///< engine thread, until finish()
    std::string m_problem; ///< likewise
};

} // namespace load
