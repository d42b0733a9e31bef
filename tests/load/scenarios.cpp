#include "tests/load/scenarios.h"

#include <array>

namespace load {

std::span<const Scenario> allScenarios()
{
    static constexpr std::array all{
        Scenario{"approval-in-process", approvalInProcess},
        Scenario{"approval-rest", approvalRest},
        Scenario{"event-rate", eventRate},
        Scenario{"timer-precision", timerPrecision},
        Scenario{"long-history", longHistory},
        Scenario{"waiting", waitingInstances},
        Scenario{"waiting-with-timeout", waitingWithTimeout},
    };
    return all;
}

Sizes quickSizes()
{
    return {.approvals = 10'000,
        .events = 3'000,
        .waiting = {1'000, 10'000, 100'000},
        .randomEvents = 3'000,
        .facts = 20'000,
        .timers = 2'000};
}

Sizes tinySizes()
{
    return {.approvals = 40,
        .atOnce = {1, 8},
        .events = 50,
        .waiting = {20, 100},
        .randomEvents = 30,
        .facts = 200,
        .timers = 30};
}

} // namespace load
