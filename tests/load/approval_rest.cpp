#include "engine/rest/rest_server.h"
#include "tests/load/approvals.h"
#include "tests/load/flows.h"
#include "tests/load/rest_client.h"
#include "tests/load/scenarios.h"

#include <deque>
#include <optional>
#include <utility>

namespace load {
namespace {

using namespace engine;

const std::string key = "load-key-0123456789abcdef";
const std::string base = "/runtime/webhooks/durabletask/";

/// As many connections as orders in flight; on each a request at a time.
class Sender
{
public:
    Sender(int port, int connections)
        : m_client(port, connections)
        , m_sent(std::size_t(connections))
    {
        for (int connection = 0; connection < connections; ++connection)
            m_free.push_back(connection);
    }

    void start(int number)
    {
        send({base + "orchestrators/Approval/" + orderName(number), orderInput(number), &m_starts});
    }
    void approve(int number)
    {
        send({base + "instances/" + orderName(number) + "/raiseEvent/Approved", approvedPayload,
            &m_events});
    }
    void poll()
    {
        m_client.poll([this](int connection, int status) {
            if (status != 202)
                fail("a request is answered " + std::to_string(status));
            const auto &[begin, times] = m_sent.at(std::size_t(connection));
            times->add(SteadyClock::now() - begin);
            m_free.push_back(connection);
            if (m_waiting.empty())
                return;
            send(std::exchange(m_waiting.front(), {}));
            m_waiting.pop_front();
        });
    }
    void wake() const { m_client.wake(); }
    bool isIdle() const { return m_free.size() == m_sent.size(); }
    const Times &starts() const { return m_starts; }
    const Times &events() const { return m_events; }

private:
    struct Request {
        std::string path;
        std::string body;
        Times *times = nullptr;
    };

    void send(Request request)
    {
        // The disk may be done before the answer is read: then the connection is still busy.
        if (m_free.empty())
            return m_waiting.push_back(std::move(request));
        const int connection = m_free.back();
        m_free.pop_back();
        m_sent.at(std::size_t(connection)) = {SteadyClock::now(), request.times};
        m_client.post(connection, request.path, key, request.body);
    }

    RestClient m_client;
    std::vector<std::pair<SteadyClock::time_point, Times *>> m_sent;
    std::vector<int> m_free;
    std::deque<Request> m_waiting;
    Times m_starts;
    Times m_events;
};

Row measure(int orders, int atOnce, const std::string &parent)
{
    const Place place(parent);
    std::optional<Sender> sender;
    ApprovalWatch watch([&sender] { sender->wake(); });
    RunningEngine running(
        place.path(), [&watch](const auto &summaries) { watch.changed(summaries); });
    running.deploy(approvalFlow);
    RestOptions options;
    options.key = key;
    auto rest = RestServer::open(options, running.door());
    if (!rest)
        fail(rest.error().message);
    sender.emplace((*rest)->port(), atOnce);
    ApprovalFlight flight(orders, atOnce,
        {[&](int number) { sender->start(number); }, [&](int number) { sender->approve(number); }});
    flight.begin();
    while (!flight.isOver()) {
        sender->poll();
        flight.meet(watch.take());
    }
    Row row = flight.row("approval-rest");
    while (!sender->isIdle())
        sender->poll();
    expectCount("answers", std::int64_t(sender->starts().count() + sender->events().count()),
        2 * std::int64_t(orders));
    const auto goal = atOnce <= 64 ? std::optional(Goal{10}) : std::nullopt;
    sender->starts().addTo(row, "start answered", goal);
    sender->events().addTo(row, "event answered", goal);
    if (atOnce == 512)
        row.figures[1].goal = Goal{6'000, Goal::Side::AtLeast};
    addCounted(row, watch, running, orders);
    return row;
}

} // namespace

Rows approvalRest(const Sizes &sizes, const Surroundings &place)
{
    Rows rows;
    for (const int atOnce : sizes.atOnce)
        rows.push_back(measure(ordersFor(sizes.approvals, atOnce), atOnce, place.directory));
    return rows;
}

} // namespace load
