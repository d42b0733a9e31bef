#pragma once

#include "tests/load/figures.h"
#include "tests/load/sizes.h"

#include <span>
#include <string>
#include <vector>

namespace load {

/// Each checks what it counted and throws std::runtime_error if something is missing.
using Rows = std::vector<Row>;

/// Activity, wait, activity, end: started and approved through the door, by one thread.
Rows approvalInProcess(const Sizes &sizes, const Surroundings &place);
/// The same through REST: a connection each, by one thread of this process.
Rows approvalRest(const Sizes &sizes, const Surroundings &place);
/// Events at a fixed rate: from the moment at which one should be raised until it is on disk.
Rows eventRate(const Sizes &sizes, const Surroundings &place);
/// Instances that wait: what they cost while they do.
Rows waitingInstances(const Sizes &sizes, const Surroundings &place);
/// The same; each wait has a timeout.
Rows waitingWithTimeout(const Sizes &sizes, const Surroundings &place);
/// One instance that has seen much.
Rows longHistory(const Sizes &sizes, const Surroundings &place);
/// How late timers are: at a fixed rate, and all at one instant.
Rows timerPrecision(const Sizes &sizes, const Surroundings &place);

struct Scenario {
    const char *name;
    Rows (*run)(const Sizes &, const Surroundings &);
};
std::span<const Scenario> allScenarios();

/// The part of waitingInstances that needs a fresh process: opens `directory`, raises
/// `randomEvents` to instances among `count`, answers figures as JSON.
std::string probeWaiting(const std::string &directory, int count, int randomEvents);

} // namespace load
