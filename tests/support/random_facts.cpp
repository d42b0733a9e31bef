#include "tests/support/random_facts.h"

#include "engine/base/overloaded.h"

#include <array>

using namespace engine;

namespace tests {
namespace {

template<typename Variant, std::size_t Index = 0>
Variant blank(std::size_t index)
{
    if constexpr (Index + 1 < std::variant_size_v<Variant>) {
        if (index != Index)
            return blank<Variant, Index + 1>(index);
    }
    return Variant(std::in_place_index<Index>);
}

/// Fills any member with a random value.
struct Filler {
    RandomFacts &random;

    void operator()(auto &...members) { (fill(members), ...); }

    void fill(std::string &text) { text = random.text(); }
    void fill(std::int64_t &number) { number = random.number(0, 1'000'000'000'000); }
    void fill(bool &flag) { flag = random.chance(); }
    void fill(int &number)
    {
        number = static_cast<int>(random.number(-2'000'000'000, 2'000'000'000));
    }
    void fill(JsonText &value) { value = random.json(); }
    void fill(Instant &instant)
    {
        instant = Instant{Milliseconds{random.number(-1, 253'402'300'799'999)}};
    }
    void fill(TimerPurpose &purpose) { purpose = static_cast<TimerPurpose>(random.number(0, 5)); }
    void fill(TaskEnd &end) { end = static_cast<TaskEnd>(random.number(0, 2)); }
    void fill(Failure &failure) { failure = random.failure(); }
    void fill(Source &source) { source = random.source(); }
    void fill(Parent &parent)
    {
        (*this)(parent.instance, parent.run.value, parent.subFlow, parent.detached);
    }
    void fill(std::variant<JsonText, Failure> &outcome)
    {
        if (random.chance())
            outcome = random.failure();
        else
            outcome = random.json();
    }

    template<typename Kind>
    void fill(Id<Kind> &id)
    {
        fill(id.value);
    }

    template<typename T>
    void fill(std::optional<T> &value)
    {
        if (random.chance())
            fill(value.emplace());
    }

    template<typename T>
    void fill(std::vector<T> &values)
    {
        values.resize(static_cast<std::size_t>(random.number(0, 3)));
        for (T &value : values)
            fill(value);
    }

    template<typename One, typename Other>
    void fill(std::pair<One, Other> &pair)
    {
        (*this)(pair.first, pair.second);
    }
};

void fillFact(Filler fill, Fact &fact)
{
    std::visit(
        Overloaded{
            [&](ExecutionStarted &f) {
                fill(f.instance, f.flow, f.version, f.input, f.source, f.parent, f.previous.value,
                    f.createdAt);
            },
            [&](ExecutionCompleted &f) { fill(f.output, f.failure); },
            [&](ExecutionTerminated &f) { fill(f.reason, f.source); },
            [&](StepEntered &f) { fill(f.branch, f.step); },
            [&](StepLeft &f) {
                fill(f.branch, f.step, f.way, f.to, f.result, f.resultOf, f.failure);
            },
            [&](TaskScheduled &f) { fill(f.branch, f.step, f.activity, f.input); },
            [&](TaskAttemptFailed &f) { fill(f.task, f.attempt, f.failure); },
            [&](TaskCompleted &f) { fill(f.task, f.attempt, f.result); },
            [&](TaskFailed &f) { fill(f.task, f.attempt, f.failure); },
            [&](TaskCanceled &f) { fill(f.task); },
            [&](TimerCreated &f) { fill(f.branch, f.step, f.purpose, f.fireAt, f.about); },
            [&](TimerFired &f) { fill(f.timer); },
            [&](TimerCanceled &f) { fill(f.timer); },
            [&](EventRaised &f) {
                fill(f.name, f.payload, f.eventId, f.branch, f.source, f.raisedAt, f.task, f.key);
            },
            [&](EventTaken &f) { fill(f.event, f.wait, f.name); },
            [&](WaitOpened &f) {
                fill(f.branch, f.step, f.names, f.needed, f.collects);
                f.keys.resize(f.names.size());
                for (std::string &key : f.keys)
                    fill(key);
            },
            [&](WaitClosed &f) { fill(f.wait); },
            [&](VariablesSet &f) { fill(f.values, f.appended); },
            [&](CustomStatusSet &f) { fill(f.status); },
            [](DecisionYielded &) {},
            [&](ExecutionSuspended &f) { fill(f.reason, f.source); },
            [&](ExecutionResumed &f) { fill(f.reason, f.source); },
            [&](TimerPaused &f) { fill(f.timer); },
            [&](EventIgnored &f) { fill(f.name, f.eventId, f.reason, f.source); },
            [&](EventDeleted &f) { fill(f.event, f.reason, f.source); },
            [&](TaskOpened &f) { fill(f.branch, f.step, f.event, f.title, f.text, f.assignees, f.key); },
            [&](TaskAnswered &f) { fill(f.task, f.event, f.by, f.outcome); },
            [&](TaskClosed &f) { fill(f.task, f.end, f.reason); },
            [&](TaskClaimed &f) { fill(f.task, f.by, f.source); },
            [&](TaskReassigned &f) { fill(f.task, f.assignees, f.reason, f.source); },
            [&](TaskCommented &f) { fill(f.task, f.by, f.text, f.question, f.source); },
            [&](TaskReminded &f) { fill(f.task, f.number); },
            [&](TaskEscalated &f) { fill(f.task, f.level, f.assignees); },
            [&](EventHandedOn &f) { fill(f.event, f.to, f.reason, f.source); },
            [&](WhereFailed &f) { fill(f.wait, f.event, f.message); },
            [&](RegionOpened &f) { fill(f.branch, f.step, f.branches, f.atOnce, f.items); },
            [&](BranchOpened &f) { fill(f.region, f.branch, f.way, f.to); },
            [&](BranchCompleted &f) { fill(f.branch); },
            [&](BranchFailed &f) { fill(f.branch); },
            [&](RegionJoined &f) { fill(f.region); },
            [&](RegionFailed &f) { fill(f.region); },
            [&](ExecutionContinuedAsNew &f) { fill(f.input); },
            [&](EventIdsCarried &f) { fill(f.keys); },
            [&](SubFlowScheduled &f) {
                fill(f.branch, f.step, f.instance, f.flow, f.version, f.input, f.detached);
            },
            [&](SubFlowCompleted &f) { fill(f.subFlow, f.result); },
            [&](SubFlowFailed &f) { fill(f.subFlow, f.failure); },
            [&](SubFlowCanceled &f) { fill(f.subFlow, f.livesOn); },
            [&](EventSent &f) { fill(f.branch, f.step, f.instance, f.name, f.payload); },
            [&](InterruptBegan &f) {
                fill(f.event, f.name, f.branch, f.to, f.region, f.only, f.beside, f.since);
            },
            [&](InterruptEnded &f) { fill(f.interrupt, f.failure); },
            [&](InterruptDropped &f) { fill(f.event, f.newer); },
            [&](InstanceRewound &f) { fill(f.reason, f.source, f.to, f.parent); },
            [&](BranchRewound &f) { fill(f.branch, f.to, f.region, f.handles, f.subFlow); },
            [&](EventKeptAgain &f) {
                fill(f.event, f.name, f.eventId, f.payload, f.branch, f.source, f.raisedAt, f.key);
            },
            [&](VariablesEdited &f) { fill(f.values, f.reason, f.source); },
            [&](StepSkipped &f) { fill(f.branch, f.step, f.reason, f.source); },
            [&](BranchMoved &f) { fill(f.branch, f.from, f.to, f.reason, f.source); },
            [&](CorrelationOpened &f) {
                fill(f.branch, f.region, f.names);
                f.keys.resize(f.names.size());
                for (std::string &key : f.keys)
                    fill(key);
            },
            [&](CorrelationClosed &f) { fill(f.correlation); },
        },
        fact);
}

} // namespace

Fact RandomFacts::fact(std::size_t kind)
{
    Fact fact = blank<Fact>(kind);
    fillFact(Filler{*this}, fact);
    return fact;
}

Fact RandomFacts::fact()
{
    return fact(static_cast<std::size_t>(number(0, std::variant_size_v<Fact> - 1)));
}

std::vector<Fact> RandomFacts::facts(std::size_t count)
{
    std::vector<Fact> facts;
    while (facts.size() < count)
        facts.push_back(fact());
    return facts;
}

Message RandomFacts::message()
{
    using Body = decltype(Message::body);
    Message message;
    message.body = blank<Body>(static_cast<std::size_t>(number(0, std::variant_size_v<Body> - 1)));
    Filler fill{*this};
    fill(message.instance, message.run.value);
    std::visit(Overloaded{
                   [&](StartInstance &m) { fill(m.flow, m.version, m.input, m.source, m.parent); },
                   [&](RaiseEvent &m) { fill(m.name, m.payload, m.eventId, m.branch, m.source, m.key); },
                   [&](SetWebhook &m) { fill(m.path, m.text); },
                   [&](SetAccessKey &m) { fill(m.label, m.scope, m.digest, m.source, m.at); },
                   [&](SetGrant &m) { fill(m.flow, m.version, m.allows, m.reason, m.source); },
                   [&](RemoveFlowVersion &m) { fill(m.flow, m.version, m.reason, m.source); },
                   [&](NoteOperation &m) {
                       fill(m.operation, m.about, m.after, m.reason, m.source);
                   },
                   [&](RaiseCorrelated &m) {
                       fill(m.name, m.payload, m.key, m.eventId, m.source);
                   },
                   [&](TerminateInstance &m) {
                       fill(m.reason, m.source, m.parent, m.keepSubFlows);
                   },
                   [&](TimerDue &m) { fill(m.timer); },
                   [&](ActivityFinished &m) { fill(m.task, m.attempt, m.outcome); },
                   [](GoOn &) {},
                   [&](SuspendInstance &m) { fill(m.reason, m.source); },
                   [&](ResumeInstance &m) { fill(m.reason, m.source); },
                   [&](RetryInstance &m) { fill(m.source, m.reason); },
                   [&](DeleteKeptEvent &m) { fill(m.event, m.reason, m.source); },
                   [&](HandOnEvent &m) { fill(m.event, m.to, m.reason, m.source); },
                   [&](ReplayUndelivered &m) { fill(m.undelivered, m.source); },
                   [&](DeleteUndelivered &m) { fill(m.undelivered, m.source); },
                   [&](SubFlowFinished &m) { fill(m.subFlow, m.outcome); },
                   [&](AnswerTask &m) {
                       fill(m.task, m.outcome, m.comment, m.data, m.by, m.eventId, m.source);
                   },
                   [&](ClaimTask &m) { fill(m.task, m.by, m.gives, m.source); },
                   [&](ReassignTask &m) { fill(m.task, m.from, m.to, m.reason, m.source); },
                   [&](CommentTask &m) { fill(m.task, m.by, m.text, m.question, m.source); },
                   [&](RestartInstance &m) { fill(m.as, m.reason, m.source); },
                   [&](RewindInstance &m) {
                       fill(m.reason, m.source, m.parent);
                       if (chance()) {
                           StartInstance &start = m.otherwise.emplace();
                           fill(start.flow, start.version, start.input, start.source, start.parent);
                       }
                   },
                   [&](EditVariables &m) { fill(m.values, m.reason, m.source); },
                   [&](SkipStep &m) {
                       fill(m.branch, m.step, m.event, m.result, m.reason, m.source);
                   },
                   [&](MoveBranch &m) { fill(m.branch, m.from, m.to, m.reason, m.source); },
                   [&](PurgeInstance &m) { fill(m.reason, m.source); },
               },
        message.body);
    return message;
}

std::int64_t RandomFacts::number(std::int64_t from, std::int64_t to)
{
    return std::uniform_int_distribution<std::int64_t>(from, to)(m_random);
}

std::string RandomFacts::text()
{
    static const std::array<std::string, 12> pieces{"a", "Payment", " ", "\"", "\\", "\n", "/", "ä",
        "\U0001F69A", "\x01", "\x7f", std::string(1, '\0')};
    std::string text;
    for (auto left = number(0, 6); left > 0; --left)
        text += pieces.at(static_cast<std::size_t>(number(0, pieces.size() - 1)));
    return text;
}

JsonText RandomFacts::json()
{
    static const std::array<const char *, 10> texts{"null", "true", "-0", "1.10", "12e3",
        "9007199254740993", R"("a \u00e4 \" ]}")", R"({"b":1,"a":[{},[]]})", R"([ 1 , {"x":"}"} ])",
        R"({"\u0041":"ä","":null})"};
    return JsonText::trusted(texts.at(static_cast<std::size_t>(number(0, texts.size() - 1))));
}

Failure RandomFacts::failure() { return {text(), text(), json(), chance()}; }

Source RandomFacts::source() { return {text(), text()}; }

} // namespace tests
