#include "tests/benchmarks/parts/approval.h"

#include "engine/expressions/javascript/javascript.h"
#include "engine/model/flow_reader.h"
#include "engine/runtime/interpreter.h"
#include "tests/load/flows.h"

#include <stdexcept>
#include <utility>

namespace parts {

using namespace engine;

namespace {

constexpr Instant now{Milliseconds(1'767'225'600'000)};

Flow flowOf(const std::string &text)
{
    auto read = readFlow(text);
    if (!read || !read->problems.empty())
        throw std::runtime_error("the flow of the benchmark does not read");
    return std::move(read->flow);
}

} // namespace

Decisions::Decisions(const std::string &flow, Expressions &given)
    : m_expressions(given)
    , m_flow(flowOf(flow), 1)
{}

void Decisions::start()
{
    m_rows.clear();
    m_state = {};
    m_state.instance = {"order-1"};
    m_state.run = {1};
    decide(StartInstance{m_flow.flow().name, {},
        JsonText::trusted(R"({"id":"order-1","amount":120.5,"customer":"c-77"})"), {}});
}

void Decisions::raise(const std::string &event)
{
    decide(RaiseEvent{
        event, JsonText::trusted(R"({"by":"maria","comment":"fine with me"})"), {}, {}, {}});
}

void Decisions::finishActivity()
{
    const auto &[task, work] = *m_state.tasks.begin();
    decide(ActivityFinished{task, work.attempt, JsonText()});
}

void Decisions::decide(decltype(Message::body) body)
{
    const SystemClock clock;
    const DecisionLimits limits;
    const Given given{m_flow, now, m_expressions, limits, clock};
    Decision decision = engine::decide(
        given, std::make_unique<InstanceState>(std::move(m_state)), {{"order-1"}, {}, std::move(body)});
    m_state = std::move(*decision.state);
    const Sequence first = m_state.length - Sequence(decision.facts.size()) + 1;
    m_rows.push_back({m_state.run, first, now, std::move(decision.facts)});
}

void approve(Decisions &decisions)
{
    decisions.start();
    decisions.finishActivity();
    decisions.raise("Approved");
    decisions.finishActivity();
}

std::vector<HistoryRow> longHistory(int events)
{
    Decisions decisions(load::listenerFlow(false), expressions());
    decisions.start();
    for (int i = 0; i < events; ++i)
        decisions.raise("Ping");
    return decisions.rows();
}

Expressions &expressions()
{
    static const auto one = makeJavaScript();
    return *one;
}

} // namespace parts
