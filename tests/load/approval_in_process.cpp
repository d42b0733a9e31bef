#include "tests/load/approvals.h"
#include "tests/load/flows.h"
#include "tests/load/scenarios.h"

#include <algorithm>
#include <atomic>
#include <semaphore>

namespace load {
namespace {

using namespace engine;

/// How long the answers took. Completions come on the engine thread alone.
struct Answers {
    Times times;
    std::string problem;

    Completion<Acceptance> next()
    {
        return [this, begin = SteadyClock::now()](Result<Acceptance> answer) {
            times.add(SteadyClock::now() - begin);
            if (!answer)
                problem = answer.error().message;
        };
    }
};

Row measure(int orders, int atOnce, const std::string &parent)
{
    const Place place(parent);
    std::binary_semaphore news(0);
    std::atomic_flag told;
    ApprovalWatch watch([&] {
        if (!told.test_and_set())
            news.release();
    });
    Answers starts;
    Answers events;
    RunningEngine running(place.path(), [&watch](const auto &summaries) { watch.changed(summaries); });
    running.deploy(approvalFlow);
    InstancesDoor &door = running.door().instances;
    const auto start = [&](int number) {
        door.start({{"Approval"}, {}, {orderName(number)},
                       JsonText::trusted(orderInput(number)), {}},
            starts.next());
    };
    const auto approve = [&](int number) {
        door.raise({{orderName(number)}, "Approved", JsonText::trusted(approvedPayload), {}, {}, {}},
            events.next());
    };
    ApprovalFlight flight(orders, atOnce, {start, approve});
    flight.begin();
    while (!flight.isOver()) {
        news.acquire();
        told.clear();
        flight.meet(watch.take());
    }
    Row row = flight.row("approval-in-process");
    const auto &answered = starts.problem.empty() ? events : starts;
    if (!answered.problem.empty())
        fail(answered.problem);
    expectCount("answers", std::int64_t(starts.times.count() + events.times.count()), 2 * orders);
    starts.times.addTo(row, "start answered", atOnce <= 64 ? std::optional(Goal{10}) : std::nullopt);
    events.times.addTo(row, "event answered", atOnce <= 64 ? std::optional(Goal{10}) : std::nullopt);
    if (atOnce == 512)
        row.figures[1].goal = Goal{12'000, Goal::Side::AtLeast};
    addCounted(row, watch, running, orders);
    return row;
}

} // namespace

Rows approvalInProcess(const Sizes &sizes, const Surroundings &place)
{
    Rows rows;
    for (const int atOnce : sizes.atOnce)
        rows.push_back(measure(ordersFor(sizes.approvals, atOnce), atOnce, place.directory));
    return rows;
}

} // namespace load
