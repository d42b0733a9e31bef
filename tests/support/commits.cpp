#include "tests/support/commits.h"

using namespace engine;

namespace tests {

Instant at(std::int64_t milliseconds) { return Instant{Milliseconds{milliseconds}}; }

InstanceCommit started(std::int64_t run, const std::string &instance, std::vector<Fact> facts)
{
    InstanceCommit commit;
    commit.row = {{run}, 1, at(1000 * run), std::move(facts)};
    const auto input = JsonText::trusted(R"({"id":")" + instance + "\"}");
    commit.row.facts.insert(commit.row.facts.begin(),
        ExecutionStarted{{instance}, {"Order"}, 1, input, {"rest", "shop"}});
    InstanceSummary &summary = commit.summary;
    summary.instance = {instance};
    summary.run = commit.row.run;
    summary.flow = {"Order"};
    summary.version = 1;
    summary.status = InstanceStatus::Running;
    summary.createdAt = summary.changedAt = summary.standsSince = commit.row.at;
    summary.length = static_cast<Sequence>(commit.row.facts.size());
    summary.decisions = 1;
    summary.input = input;
    summary.parent = {"parent-of-" + instance};
    summary.standsOn = "Paid";
    summary.standsAt = {"awaitPayment"};
    return commit;
}

InstanceCommit followed(
    const InstanceCommit &before, std::vector<Fact> facts, InstanceStatus status)
{
    InstanceCommit commit;
    commit.row = {before.row.run, before.summary.length + 1,
        before.row.at + std::chrono::seconds{1}, std::move(facts)};
    commit.summary = before.summary;
    commit.summary.status = status;
    commit.summary.changedAt = commit.row.at;
    commit.summary.length += static_cast<Sequence>(commit.row.facts.size());
    ++commit.summary.decisions;
    if (isFinished(status))
        commit.summary.finishedAt = commit.row.at;
    return commit;
}

InstanceCommit completed(const InstanceCommit &before)
{
    const auto output = JsonText::trusted(R"({"status":"Delivered"})");
    auto commit = followed(before, {ExecutionCompleted{output, {}}}, InstanceStatus::Completed);
    commit.summary.output = output;
    commit.summary.waiting = false;
    return commit;
}

Turn turnOf(std::vector<InstanceCommit> instances)
{
    Turn turn;
    turn.instances = std::move(instances);
    return turn;
}

} // namespace tests
