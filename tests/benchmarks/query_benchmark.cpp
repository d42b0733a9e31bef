// What a page costs that looks for instances by the query language, among 100,000 of two flows: an index
// finds the most; where payloads and histories are looked at, the page ends after so many.
#include "engine/instance_search.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/commits.h"

#include <QTemporaryDir>

#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace engine;

namespace {

constexpr int count = 100'000;
constexpr Instant now{Milliseconds{std::int64_t(count) * 1000}};

void fill(const std::string &directory)
{
    auto store = SqliteStore::open(directory);
    for (int run = 1; run <= count;) {
        Turn turn;
        for (int i = 0; i < 1'000; ++i, ++run) {
            auto one = tests::started(run, "order-" + std::to_string(run));
            one.summary.flow = {run % 100 == 0 ? "Rare" : "Order"};
            one.summary.waiting = true;
            one.summary.standsOn = "Approval";
            one.summary.standsAt = {"ask"};
            one.summary.input = JsonText::trusted("{\"customer\":{\"name\":\"Smith\"},\"amount\":" +
                                                  std::to_string(run) + ",\"lines\":[1,2,3,4,5,6]}");
            turn.instances.push_back(one);
            if (run % 3 == 0)
                turn.instances.push_back(tests::completed(one));
        }
        if (!(*store)->commit(turn))
            std::abort();
    }
}

double milliseconds(std::chrono::steady_clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

void measure(Reader &reader, const char *text)
{
    ListRequest request{.limit = 100, .query = *instanceQueryFrom(text, now)};
    const auto begin = std::chrono::steady_clock::now();
    auto page = searchInstances(reader, request);
    const auto first = std::chrono::steady_clock::now();
    int pages = 1;
    std::size_t found = page->instances.size();
    auto longest = first - begin;
    while (!page->next.empty() && found < 1'000) {
        request.after = page->next;
        const auto asked = std::chrono::steady_clock::now();
        page = searchInstances(reader, request);
        longest = std::max(longest, std::chrono::steady_clock::now() - asked);
        found += page->instances.size();
        ++pages;
    }
    std::printf("  %-42s first page %8.1f ms, longest %8.1f ms, %3d pages with %4zu\n", text,
        milliseconds(first - begin), milliseconds(longest), pages, found);
}

} // namespace

int main()
{
    const QTemporaryDir directory;
    fill(directory.path().toStdString());
    auto reader = *SqliteReader::open(directory.path().toStdString());
    std::printf("%d instances\n", count);
    for (const char *text : {"status:waiting", "flow:rare", "id:order-4711", "waiting:Approval", "age<10s",
             "order-99", "$.amount>99900", "$.amount=4711", "$.customer.name~nobody", "flow:rare $.amount=4700",
             "by:nobody", "waiting:Nothing"})
        measure(*reader, text);
    const auto begin = std::chrono::steady_clock::now();
    const auto statistics = reader->statistics({});
    std::printf("  statistics of %zu versions %8.1f ms\n", statistics->size(),
        milliseconds(std::chrono::steady_clock::now() - begin));
}
