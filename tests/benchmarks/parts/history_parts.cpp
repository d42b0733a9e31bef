#include "engine/history/history_json.h"
#include "engine/runtime/instance_state.h"
#include "engine/store/stored_row.h"
#include "tests/benchmarks/parts/approval.h"
#include "tests/load/flows.h"

#include <benchmark/benchmark.h>

namespace {

using namespace engine;

std::vector<HistoryRow> approvalRows()
{
    parts::Decisions decisions(load::approvalFlow, parts::expressions());
    parts::approve(decisions);
    return decisions.rows();
}

/// The four rows of an approval, with their checksums.
void encodeHistory(benchmark::State &state)
{
    const auto rows = approvalRows();
    for (auto _ : state)
        for (const HistoryRow &row : rows)
            benchmark::DoNotOptimize(storedRow(row));
    state.SetItemsProcessed(state.iterations() * std::int64_t(rows.size()));
}
BENCHMARK(encodeHistory);

void decodeHistory(benchmark::State &state)
{
    std::vector<StoredRow> rows;
    for (const HistoryRow &row : approvalRows())
        rows.push_back(storedRow(row));
    for (auto _ : state)
        for (const StoredRow &row : rows)
            benchmark::DoNotOptimize(historyRow(row));
    state.SetItemsProcessed(state.iterations() * std::int64_t(rows.size()));
}
BENCHMARK(decodeHistory);

/// From facts in memory; items are facts.
void replayHistory(benchmark::State &state)
{
    const auto rows = parts::longHistory(int(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(replay(rows));
    const auto facts = rows.back().first + Sequence(rows.back().facts.size()) - 1;
    state.SetItemsProcessed(state.iterations() * facts);
}
BENCHMARK(replayHistory)->Range(16, 16 << 10)->Unit(benchmark::kMicrosecond);

} // namespace
