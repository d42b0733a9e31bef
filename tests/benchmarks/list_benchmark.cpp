#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/commits.h"

#include <QTemporaryDir>

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace engine;
using namespace tests;

namespace {

InstanceCommit instanceOf(std::int64_t run)
{
    auto commit = started(run, "order-" + std::to_string(run));
    commit.summary.flow = {"Flow" + std::to_string(run % 20)};
    commit.summary.waiting = run % 10 == 0;
    commit.summary.status = run % 10 == 0 ? InstanceStatus::Running : InstanceStatus::Completed;
    if (run % 100'000 == 0)
        commit.summary.status = InstanceStatus::Failed;
    return commit;
}

void fill(Store &store, std::int64_t count)
{
    for (std::int64_t run = 1; run <= count;) {
        Turn turn;
        for (int i = 0; i < 1'000 && run <= count; ++i, ++run)
            turn.instances.push_back(instanceOf(run));
        if (const auto done = store.commit(turn); !done) {
            std::fprintf(stderr, "%s\n", done.error().message.c_str());
            std::exit(1);
        }
    }
}

template<typename Read>
void measure(const char *what, Read read)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = read();
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    std::printf("%-44s %9.3f ms%s\n", what, time.count(), answer ? "" : "  (refused)");
}

void measureList(Reader &reader, const char *what, const InstanceFilter &filter)
{
    measure(what, [&] { return reader.list(filter, {}, 100); });
}

} // namespace

/// Lists and counts over many instances; their number is the first argument.
int main(int argc, char **argv)
{
    const std::int64_t count = argc > 1 ? std::atoll(argv[1]) : 100'000;
    const QTemporaryDir directory;
    const auto store = SqliteStore::open(directory.path().toStdString());
    if (!store)
        return 1;
    measure("fill", [&] {
        fill(**store, count);
        return true;
    });
    const auto reader = SqliteReader::open(directory.path().toStdString());
    if (!reader)
        return 1;
    Reader &r = **reader;
    measureList(r, "first page, cold", {});
    measureList(r, "first page", {});
    measure("page in the middle", [&] { return r.list({}, std::to_string(count / 2), 100); });
    measureList(r, "waiting", {.waiting = true});
    measureList(r, "failed, one in 100,000", {.statuses = {InstanceStatus::Failed}});
    measureList(r, "one flow", {.flow = {"Flow7"}});
    measureList(r, "one flow, failed", {.statuses = {InstanceStatus::Failed}, .flow = {"Flow0"}});
    measureList(r, "ids that begin with order-777", {.idPrefix = "order-777"});
    measureList(r, "created in a range of 5,000",
        {.createdFrom = at(1'000 * (count / 2)), .createdTo = at(1'000 * (count / 2 + 5'000))});
    measureList(r, "created in the older half", {.createdTo = at(1'000 * (count / 2))});
    measureList(r, "text that nothing has", {.text = "parcel"});
    measure("one instance", [&] { return r.find({"order-4711"}); });
    measure("counts", [&] { return r.counts(); });
    measure("recover", [&] { return (*store)->recover(); });
}
