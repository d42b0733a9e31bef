#pragma once

#include <string>
#include <vector>

namespace load {

/// How much of everything.
struct Sizes {
    int approvals = 60'000; ///< instances at each of `atOnce`; a tenth of it one at a time
    std::vector<int> atOnce{1, 64, 512};
    int eventsPerSecond = 1'000;
    int events = 20'000;
    std::vector<int> waiting{1'000, 10'000, 100'000, 1'000'000};
    int randomEvents = 20'000; ///< to waiting instances
    int facts = 100'000;       ///< of one instance
    int timers = 10'000;
};

/// Seconds instead of minutes.
Sizes quickSizes();
/// Just enough to see that everything works.
Sizes tinySizes();

/// Where the databases go, and how to run ourselves again in a fresh process.
struct Surroundings {
    std::string directory; ///< on the disk that is measured
    std::string program;
};

} // namespace load
