#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tests {

/// What happened in a simulation.
struct SimulationReport {
    std::string problem;   ///< the first promise that was broken, or empty
    std::string histories; ///< all that is on disk at the end
    int kills = 0;
    int duplicates = 0; ///< events answered as such
    int undelivered = 0;
    int ignoredResults = 0;
    int completed = 0; ///< instances by status at the end
    int failed = 0;
    int terminated = 0;
    int yields = 0;
    int reruns = 0; ///< attempts asked for again after a restart
};

/// One life of an engine: random starts, events, duplicates, results, failures, terminations, time
/// going by, and kills before and after commits. The same seed is the same life, and
/// `cachedInstances` must make no difference to what is on disk.
///
/// It ends at the first promise of semantics 11.1 that is broken: nothing accepted is lost, nothing
/// is decided twice, an event serves one wait, an activity whose result was taken does not run
/// again, attempts and timers are neither lost nor forgotten, indexes and list rows follow from
/// histories.
SimulationReport simulate(std::uint64_t seed, std::size_t cachedInstances);

} // namespace tests
