#pragma once

#include "engine/model/flow.h"

#include <random>
#include <string>
#include <utility>

namespace tests {

inline engine::StepId stepId(int number) { return {"s" + std::to_string(number)}; }

inline void place(engine::Flow &flow, const engine::StepId &id, engine::Position at)
{
    for (auto &each : flow.layout.steps) {
        if (each.first == id) {
            each.second = at;
            return;
        }
    }
    flow.layout.steps.push_back({id, at});
}

/// A step of a random kind, leading to random steps among `count`.
inline engine::Step randomStep(int number, int count, std::mt19937 &random)
{
    // One way in ten leads nowhere yet.
    const auto any = [&] {
        return random() % 10 == 0 ? engine::StepId() : stepId(int(random() % unsigned(count)));
    };
    engine::Step step{.id = stepId(number)};
    switch (random() % 6) {
    case 0: step.body = engine::ActivityStep{.activity = "log", .next = any()}; break;
    case 1:
        step.body = engine::WaitStep{.events = {{"Paid", {}}},
            .timeout = engine::templateFrom(engine::JsonText::trusted("\"P3D\"")),
            .onTimeout = any(),
            .next = any()};
        break;
    case 2:
        step.body = engine::ChoiceStep{.cases = {{"yes", {"input.ok"}, any()}}, .otherwise = any()};
        break;
    case 3: step.body = engine::EndStep{}; break;
    case 4: step.body = engine::SetStep{.next = any()}; break;
    default:
        step.body = engine::ActivityStep{.activity = "http", .next = any()};
        step.onError = {{"HttpError", any()}, {"*", any()}};
        break;
    }
    return step;
}

/// A flow with random edges whose steps stand on a loose random grid, none near another.
inline engine::Flow randomFlow(unsigned seed, int count, int columns)
{
    std::mt19937 random(seed);
    engine::Flow flow{.name = {"random"}, .start = stepId(0)};
    for (int number = 0; number < count; ++number) {
        flow.steps.push_back(randomStep(number, count, random));
        const int x = number % columns * 260 + int(random() % 4) * 10;
        const int y = number / columns * 140 + int(random() % 4) * 10;
        place(flow, stepId(number), {x, y});
    }
    return flow;
}

/// A long flow as people draw them: columns of waits, choices and work with timeouts aside and
/// loops back. For measurements.
inline engine::Flow longFlow(int count)
{
    engine::Flow flow{.name = {"long"}, .start = stepId(0)};
    const int rows = 50;
    for (int number = 0; number < count; ++number) {
        engine::Step step{.id = stepId(number)};
        const engine::StepId next = stepId(std::min(number + 1, count - 1));
        const engine::StepId back = stepId(std::max(0, number - 3));
        if (number % 5 == 3)
            step.body =
                engine::ChoiceStep{.cases = {{"yes", {"input.ok"}, next}}, .otherwise = back};
        else if (number % 5 == 1)
            step.body = engine::WaitStep{.events = {{"Paid", {}}},
                .timeout = engine::templateFrom(engine::JsonText::trusted("\"P3D\"")),
                .onTimeout = next,
                .next = next};
        else
            step.body = engine::ActivityStep{.activity = "log", .next = next};
        flow.steps.push_back(std::move(step));
        place(flow, stepId(number), {number / rows * 400, number % rows * 100});
    }
    return flow;
}

} // namespace tests
