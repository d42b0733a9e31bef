#include "engine/model/flow_reader.h"
#include "tests/benchmarks/parts/approval.h"
#include "tests/load/flows.h"

#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>

namespace {

using namespace engine;

/// Items are decisions: an approval has four.
void decideApproval(benchmark::State &state)
{
    parts::Decisions decisions(load::approvalFlow, parts::expressions());
    for (auto _ : state) {
        parts::approve(decisions);
        benchmark::DoNotOptimize(decisions.rows());
    }
    state.SetItemsProcessed(4 * state.iterations());
}
BENCHMARK(decideApproval)->Unit(benchmark::kMicrosecond);

void evaluate(benchmark::State &state, const char *source)
{
    const JsonText input = JsonText::trusted(
        R"({"id":"order-1","amount":120.5,"items":[{"price":3},{"price":4},{"price":5}]})");
    const Scope scope{.value = [&input](std::string_view name) {
                          return name == "input" ? std::optional(input) : std::nullopt;
                      },
        .step = [](std::string_view) { return std::optional<JsonText>(); }};
    for (auto _ : state) {
        auto value = parts::expressions().evaluate(source, scope, {.step = "s", .field = "when"});
        if (!value)
            state.SkipWithError(value.error().message.c_str());
        benchmark::DoNotOptimize(value);
    }
}
BENCHMARK_CAPTURE(evaluate, barePath, "input.id");
BENCHMARK_CAPTURE(evaluate, comparison, "input.amount > 100");
BENCHMARK_CAPTURE(evaluate, object, "({ sum: input.items.reduce((a, i) => a + i.price, 0) })");

/// The largest of the samples; bytes are those of the file.
void readFlowFile(benchmark::State &state)
{
    std::ifstream file(SIGNALBOX_SOURCE_DIR "/resources/examples/OrderFulfillment.flow.json");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    if (!readFlow(text))
        state.SkipWithError("the sample does not read");
    for (auto _ : state)
        benchmark::DoNotOptimize(readFlow(text));
    state.SetBytesProcessed(state.iterations() * std::int64_t(text.size()));
}
BENCHMARK(readFlowFile)->Unit(benchmark::kMicrosecond);

} // namespace
