#pragma once

#include "engine/store/store.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tests {

/// Where a simulated engine keeps things.
class SimulatedDisk
{
public:
    virtual ~SimulatedDisk() = default;

    virtual engine::Store &store() = 0;
    virtual std::vector<engine::UndeliveredEvent> undelivered() = 0;
    /// Whether the indexes are those that the histories amount to.
    virtual bool indexesFollow() = 0;
};

std::unique_ptr<SimulatedDisk> memoryDisk();

/// What happened in a simulation.
struct SimulationReport {
    std::string problem;   ///< the first promise that was broken, or empty
    std::string histories; ///< all that is on disk at the end
    int kills = 0;
    int slowCommits = 0;
    int failedReads = 0;
    int duplicates = 0; ///< events answered as such
    int undelivered = 0;
    int ignoredResults = 0;
    int completed = 0; ///< instances by status at the end
    int failed = 0;
    int terminated = 0;
    int yields = 0;
    int suspensions = 0;
    int batches = 0; ///< collect steps that went on
    int pausedClocks = 0;
    int handedOn = 0;
    int deleted = 0;  ///< kept events
    int replayed = 0; ///< undelivered events
    int ignored = 0;  ///< events with a payload that is to be ignored
    int joined = 0;        ///< regions whose branches met
    int brokenRegions = 0; ///< regions that failed
    int interrupts = 0; ///< handlers that began
    int beside = 0;     ///< of those: nothing halted
    int ofRegions = 0;  ///< of those: the branches of a parallel step
    int ofBranches = 0; ///< of those: one branch alone
    int handled = 0;    ///< handlers that let go on what they halted
    int brokenHandlers = 0;
    int dropped = 0;   ///< interrupts that did not wait their turn
    int sent = 0;      ///< events from one instance to another
    int subFlows = 0;  ///< instances that a step of another one was to start
    int refused = 0;   ///< of those: could not start
    int childFailures = 0; ///< failed or were terminated while somebody waited
    int canceled = 0;  ///< were ended or left alone with the step that waited
    int continued = 0; ///< runs that continued as new
    int answered = 0;  ///< answers that tasks took
    int reminded = 0;
    int escalated = 0;
    int claimed = 0; ///< or given back
    int reassigned = 0;
    int decided = 0; ///< tasks by how they ended
    int due = 0;
    int withdrawn = 0;
    int rewound = 0;   ///< runs that had failed
    int givenBack = 0; ///< events that had been taken by waits that were rewound
    int moved = 0;     ///< branches
    int skipped = 0;   ///< waits and timers
    int edited = 0;    ///< variables
    int correlated = 0;  ///< events that found an instance by their key
    int keptForKeys = 0; ///< events that were kept for one
    int purged = 0;    ///< instances
    int reruns = 0; ///< attempts asked for again after a restart
};

/// Whether the disk always gives back what is on it.
enum class Reads { Work, FailAtTimes };

/// One life of an engine: random starts, events, duplicates, results, failures, terminations,
/// suspensions, rewinds, restarts and corrections, kept events deleted and handed on, undelivered ones replayed, time going by, clocks
/// that jump forth and back, commits that take their time, and kills before and after them. The same seed is
/// the same life; as long as reads work, neither `cachedInstances` nor the kind of disk makes a
/// difference to what is on it.
///
/// It ends at the first promise of semantics 11.1 that is broken: nothing accepted is lost, nothing
/// is decided twice, what one instance sends another arrives once, a sub-flow starts once and does
/// not outlive the step that waits for it, an event serves one wait, an activity whose result was
/// taken does not run again, also not if it came while its instance was suspended, attempts and
/// timers are neither lost nor forgotten, indexes and list rows follow from
/// histories.
SimulationReport simulate(std::uint64_t seed, std::size_t cachedInstances, SimulatedDisk &disk,
    Reads reads = Reads::Work);

} // namespace tests
