#include <QCoreApplication>

#include <benchmark/benchmark.h>

/// The options are those of Google Benchmark: --benchmark_filter=commit, --benchmark_out=FILE, …
int main(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    const QCoreApplication application(argc, argv); // for the expressions
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
