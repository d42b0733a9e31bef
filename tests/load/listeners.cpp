#include "tests/load/listeners.h"

#include <utility>

namespace load {

using namespace engine;

std::string listenerName(int number)
{
    const std::string digits = std::to_string(number);
    return "listener" + std::string(24 - digits.size(), '0') + digits;
}

void Listeners::start(int number)
{
    m_seats.acquire();
    m_door.instances.start({{"Listener"}, {}, {listenerName(number)},
                               JsonText::trusted(R"({"customer":"c-77"})"), {}},
        seat(SteadyClock::now()));
}

void Listeners::raise(int number)
{
    m_seats.acquire();
    raiseFrom(number, SteadyClock::now());
}

void Listeners::raiseSince(int number, SteadyClock::time_point due)
{
    m_seats.acquire();
    raiseFrom(number, due);
}

void Listeners::raiseFrom(int number, SteadyClock::time_point begin)
{
    m_door.instances.raise({{listenerName(number)}, "Ping",
                               JsonText::trusted(R"({"reading":21.5})"), {}, {}, {}},
        seat(begin));
}

Times Listeners::finish()
{
    for (int i = 0; i < m_atOnce; ++i)
        m_seats.acquire();
    m_seats.release(m_atOnce);
    if (!m_problem.empty())
        fail(m_problem);
    return std::exchange(m_times, {});
}

Completion<Acceptance> Listeners::seat(SteadyClock::time_point begin)
{
    return [this, begin](Result<Acceptance> answer) {
        m_times.add(SteadyClock::now() - begin);
        if (!answer)
            m_problem = answer.error().message;
        m_seats.release();
    };
}

} // namespace load
