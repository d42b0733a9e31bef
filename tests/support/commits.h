#pragma once

#include "engine/store/store.h"

#include <string>
#include <vector>

namespace tests {

engine::Instant at(std::int64_t milliseconds);

/// The first row of a run: ExecutionStarted and `facts`. Its time is `1000 * run`.
engine::InstanceCommit started(
    std::int64_t run, const std::string &instance, std::vector<engine::Fact> facts = {});
/// The row after `before`: a second later, with a summary that fits.
engine::InstanceCommit followed(const engine::InstanceCommit &before,
    std::vector<engine::Fact> facts,
    engine::InstanceStatus status = engine::InstanceStatus::Running);
/// `followed` by ExecutionCompleted.
engine::InstanceCommit completed(const engine::InstanceCommit &before);
engine::Turn turnOf(std::vector<engine::InstanceCommit> instances);

} // namespace tests
