#include "tests/support/engine_world.h"

#include "tests/support/patient_expressions.h"

namespace tests {

using namespace engine;

EngineWorld::EngineWorld(std::uint64_t seed, SchedulerLimits given, Store *disk)
    : random(seed)
    , store(disk ? *disk : memory)
    , expressions(patientExpressions())
    , limits(std::move(given))
{
    invariant(bool(restart()), "a new world cannot be damaged");
}

Result<Deployed> EngineWorld::deploy(const std::string &text, bool grant)
{
    std::optional<Result<Deployed>> answer;
    scheduler->deploy(
        text, grant, [&](Result<Deployed> deployed) { answer = std::move(deployed); });
    if (auto settled = settle(); !settled)
        return settled.error();
    return *std::move(answer);
}

std::size_t EngineWorld::submit(Message message)
{
    const std::size_t number = answers.size();
    answers.emplace_back();
    scheduler->submit(std::move(message), [this, number](Result<Accepted> accepted) {
        invariant(!answers[number], "a message was answered twice");
        answers[number] = std::move(accepted);
    });
    return number;
}

Result<void> EngineWorld::settle()
{
    // Far more than any test needs: a scheduler that finds work for ever fails its test.
    constexpr int mostTurns = 200'000;
    for (int turns = 0; scheduler->hasWork(); ++turns) {
        invariant(turns < mostTurns, "the turns do not come to an end");
        auto turned = scheduler->turn();
        if (!turned)
            return turned.error();
        invariant(*turned, "hasWork() promised work and turn() found none");
    }
    return {};
}

Result<Accepted> EngineWorld::send(Message message)
{
    const std::size_t number = submit(std::move(message));
    if (auto settled = settle(); !settled)
        return settled.error();
    invariant(answers[number].has_value(), "a message was not answered");
    return *answers[number];
}

void EngineWorld::advance(Milliseconds by)
{
    const Instant end = clock.now() + by;
    while (scheduler->nextDue() && *scheduler->nextDue() <= end) {
        clock.set(std::max(clock.now(), *scheduler->nextDue()));
        invariant(bool(settle()), "the store failed while time went by");
    }
    clock.set(end);
}

Result<void> EngineWorld::restart()
{
    activities.forget();
    scheduler = std::make_unique<Scheduler>(
        Scheduler::Parts{store, expressions, clock, random, activities}, limits);
    return scheduler->recover();
}

std::vector<HistoryRow> EngineWorld::rows(const std::string &instance)
{
    return *store.history(summary(instance).run);
}

InstanceSummary EngineWorld::summary(const std::string &instance)
{
    return store.find({instance})->value_or(InstanceSummary{});
}

Message startOf(const std::string &instance, const std::string &flow, const std::string &input)
{
    return {
        {instance}, {}, StartInstance{{flow}, {}, *JsonText::parse(input), Source{"rest", "test"}}};
}

Message eventFor(const std::string &instance, const std::string &name, const std::string &payload,
    std::optional<std::string> eventId)
{
    return {{instance}, {},
        RaiseEvent{
            name, *JsonText::parse(payload), std::move(eventId), {}, Source{"rest", "test"}}};
}

Message terminationOf(const std::string &instance, const std::string &reason)
{
    return {{instance}, {}, TerminateInstance{reason, Source{"rest", "test"}}};
}

} // namespace tests
