#pragma once

#include "engine/model/flow.h"

#include <random>

namespace tests {

enum class UnknownParts { Some, None };

/// Flows of every shape that the structs can hold, from a seed.
class RandomFlow
{
public:
    explicit RandomFlow(unsigned seed, UnknownParts unknownParts = UnknownParts::Some)
        : m_random(seed)
        , m_unknownParts(unknownParts)
    {}

    engine::Flow flow()
    {
        engine::Flow flow;
        flow.name = {text()};
        flow.description = sometimes() ? text() : "";
        if (sometimes())
            flow.input = json();
        for (int i = below(3); i > 0; --i)
            flow.events.push_back(event("Event" + std::to_string(i)));
        for (int i = below(3); i > 0; --i)
            flow.variables.emplace_back("v" + std::to_string(i), json());
        const int steps = below(8);
        for (int i = 0; i < steps; ++i)
            flow.steps.push_back(step("s" + std::to_string(i)));
        flow.start = id();
        flow.interrupts = interrupts();
        flow.retention = sometimes() ? "P90D" : "";
        for (int i = below(steps + 1); i > 0; --i)
            flow.layout.steps.push_back(
                {{"s" + std::to_string(i)}, {below(2000) - 1000, below(2000)}});
        flow.layout.direction = sometimes() ? "right" : "";
        flow.unknown = unknown();
        return flow;
    }

    engine::Step step(const std::string &name)
    {
        engine::Step step{{name}, sometimes() ? text() : "", body(), {}, {}};
        if (std::holds_alternative<engine::UnknownStep>(step.body)) {
            step.name.clear();
            return step;
        }
        for (int i = below(3); i > 0; --i)
            step.onError.emplace_back("Error" + std::to_string(i), id());
        step.unknown = unknown();
        return step;
    }

    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }
    bool sometimes() { return below(2) == 0; }

    std::string text()
    {
        constexpr const char *texts[] = {"a", "Is it paid?", "käse € 😀", "quote\" back\\slash",
            "tab\there", "=input.id", "==x",
            "a long text that alone fills very nearly one line of the file, and more"};
        return texts[below(8)];
    }

    engine::JsonText json()
    {
        constexpr const char *values[] = {"1", "-0.50e3", "null", "true", "{}", "[]",
            R"("=input.id")", R"({"b":1,"a":[1,2,{"c":"x"}]})", R"({ "spaced" : [ 1 ,2 ] })",
            R"("\u00e4\/")",
            R"({"type":"object","required":["aaaaaaaaaaaaaaaaaaaaa"],"properties":{"aaaaaaaaaaaaaaaaaaaaa":{"type":"string","description":"so long that it needs lines"}}})"};
        return engine::JsonText::trusted(values[below(11)]);
    }

private:
    engine::EventDeclaration event(const std::string &name)
    {
        engine::EventDeclaration event{
            name, json(), text(), json(), sometimes() ? "fail" : "", sometimes(), unknown()};
        if (sometimes())
            event.correlate = engine::Correlation{{text()}, {"input.id"}};
        event.deliver = sometimes() ? "all" : "";
        if (sometimes())
            event.ttl = duration();
        if (sometimes())
            event.startsFlow = engine::EventStart{
                sometimes() ? std::optional(textValue()) : std::nullopt, perhaps()};
        return event;
    }

    engine::StepId id() { return {sometimes() ? "s" + std::to_string(below(8)) : ""}; }

    engine::Template value() { return engine::templateFrom(json()); }

    engine::Template textValue()
    {
        return engine::templateFrom(engine::JsonText::ofString(text()));
    }

    std::optional<engine::Template> perhaps()
    {
        return sometimes() ? std::optional(value()) : std::nullopt;
    }

    engine::Duration duration() { return {below(20), engine::Milliseconds{below(1'000'000'000)}}; }

    std::vector<engine::UnknownMember> unknown()
    {
        std::vector<engine::UnknownMember> members;
        const int count = m_unknownParts == UnknownParts::Some ? below(3) - 1 : 0;
        for (int i = count; i > 0; --i)
            members.push_back({"future" + std::to_string(i), json()});
        return members;
    }

    std::vector<engine::Interrupt> interrupts()
    {
        std::vector<engine::Interrupt> interrupts;
        for (int i = sometimes() ? below(3) : 0; i > 0; --i)
            interrupts.push_back({"Stop" + std::to_string(i), id(),
                static_cast<engine::InterruptMode>(below(3)), sometimes(), unknown()});
        return interrupts;
    }

    engine::StepBody body()
    {
        constexpr int known = 17;
        switch (below(m_unknownParts == UnknownParts::Some ? known + 1 : known)) {
        case 0: return activity();
        case 1: return wait();
        case 2: return engine::TimerStep{textValue(), {}, {}, "Europe/Berlin", id()};
        case 3: return choice();
        case 4: return engine::SetStep{{{"b", value()}, {"a", value()}}, {}, perhaps(), id()};
        case 5: return engine::EndStep{perhaps()};
        case 6: return engine::FailStep{textValue(), textValue(), perhaps()};
        case 7: return collect();
        case 8: return engine::ParallelStep{{{"s1"}, {"s2"}}, id(), interrupts()};
        case 9:
            return engine::JoinStep{sometimes() ? engine::JoinMode::All : engine::JoinMode::Any, 0, id()};
        case 10: return engine::JoinStep{engine::JoinMode::Count, below(4) + 1, id()};
        case 11:
            return engine::ForEachStep{{text()}, sometimes() ? "line" : "", id(),
                sometimes() ? std::optional(below(9) + 1) : std::nullopt, id()};
        case 12:
            return engine::SubFlowStep{textValue(),
                sometimes() ? std::optional(below(9) + 1) : std::nullopt, perhaps(), textValue(),
                sometimes(), id()};
        case 13: return engine::SendStep{textValue(), text(), perhaps(), id()};
        case 14: return engine::EmitStep{textValue(), textValue(), perhaps(), {}, {}, id()};
        case 15:
            if (sometimes())
                return engine::NoteStep{text()};
            if (sometimes())
                return engine::ResumeStep{};
            return engine::ContinueAsNewStep{perhaps()};
        case 16: return approval();
        default:
            return engine::UnknownStep{
                "dance", engine::JsonText::trusted(R"({"kind":"dance","x":1,"next":"s1"})")};
        }
    }

    engine::ActivityStep activity()
    {
        engine::ActivityStep step{"http", engine::templateFrom(json()), {}, {}, id()};
        if (step.with.written.isNull())
            step.with = engine::templateFrom({});
        if (sometimes())
            step.timeout = duration();
        if (sometimes())
            step.retry = engine::RetryPolicy{
                below(9) + 1, duration(), 1 + below(30) / 10.0, duration(), {}, {"A", "B"}};
        return step;
    }

    engine::WaitStep wait()
    {
        engine::WaitStep step;
        step.mode = static_cast<engine::WaitMode>(below(3));
        const int events = step.mode == engine::WaitMode::One ? 1 : below(3) + 1;
        for (int i = 0; i < events; ++i)
            step.events.emplace_back("E" + std::to_string(i),
                step.mode == engine::WaitMode::Any ? id() : engine::StepId{});
        if (sometimes())
            step.count = below(3) + 1;
        if (sometimes())
            step.where = engine::Expression{text()};
        if (sometimes())
            step.timeout = textValue();
        step.fallback = perhaps();
        step.clock = sometimes() ? "pause" : "";
        step.onTimeout = id();
        step.next = id();
        return step;
    }

    engine::CollectStep collect()
    {
        engine::CollectStep step{.event = text(), .clock = sometimes() ? "pause" : "", .next = id()};
        if (sometimes())
            step.count = below(9) + 1;
        if (sometimes())
            step.timeout = textValue();
        if (sometimes())
            step.when = engine::Expression{text()};
        return step;
    }

    engine::ApprovalStep approval()
    {
        engine::ApprovalStep step{.title = textValue(),
            .assignees = engine::templateFrom(engine::JsonText::trusted(R"(["ann","=input.who"])")),
            .policy = static_cast<engine::PolicyMode>(below(4)),
            .requiresComment = sometimes(),
            .fallback = sometimes() ? "o0" : "",
            .event = sometimes() ? text() : "",
            .clock = sometimes() ? "pause" : "",
            .onTimeout = id()};
        if (step.policy == engine::PolicyMode::Count)
            step.count = below(3) + 1;
        for (int i = 0; i <= below(3); ++i)
            step.outcomes.push_back({"o" + std::to_string(i),
                static_cast<engine::OutcomeKind>(below(3)), sometimes(), id()});
        if (sometimes())
            step.form = engine::JsonText::trusted("true");
        if (sometimes())
            step.due = textValue();
        if (sometimes())
            step.remind = engine::Reminders{.every = textValue()};
        else if (sometimes())
            step.remind = engine::Reminders{textValue(), textValue(), below(3) + 1};
        for (int i = below(3); i > 0; --i)
            step.escalate.push_back({textValue(), textValue(), sometimes()});
        return step;
    }

    engine::ChoiceStep choice()
    {
        engine::ChoiceStep step;
        for (int i = below(4); i > 0; --i)
            step.cases.push_back({sometimes() ? text() : "", {text()}, id()});
        step.otherwise = id();
        return step;
    }

    std::mt19937 m_random;
    UnknownParts m_unknownParts;
};

} // namespace tests
