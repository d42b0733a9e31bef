#include "engine/rest/event_streams.h"
#include "tests/engine/rest/rest_fixture.h"
#include "tests/engine/rest/stream_client.h"
#include "tests/support/engine_over_rest.h"

#include <QFile>

#include <algorithm>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;
using tests::EngineOverRest;
using tests::HttpClient;
using tests::RestFixture;
using tests::StreamClient;
using tests::StreamEvent;

namespace {

const std::string waitFlow = json{{"signalbox", 1}, {"name", "Wait"}, {"start", "w"},
    {"steps", {{"w", {{"kind", "wait"}, {"event", "Go"}, {"next", "e"}}}, {"e", {{"kind", "end"}}}}}}
                                 .dump();
const std::string askFlow = json{{"signalbox", 1}, {"name", "Ask"}, {"start", "a"},
    {"steps", {{"a", {{"kind", "approval"}, {"title", "May we?"}, {"assignees", {"mara"}},
                         {"outcomes", {{"approve", {{"kind", "positive"}, {"next", "e"}}},
                                          {"reject", {{"kind", "negative"}, {"next", "e"}}}}}}},
                  {"e", {{"kind", "end"}}}}}}
                                .dump();

/// `count` changes of runs 1, 2, 3, …, each with two events about tasks where `hasTasks`.
Changes madeUp(const ChangesRequest &request, std::int64_t count, bool hasTasks = false)
{
    Changes page{{}, 1, count};
    for (auto id = request.after; id < count && std::ssize(page.changes) < request.limit; ++id) {
        InstanceChange change{id + 1, {id + 1}, 1, 4, {}, {}, {}};
        if (hasTasks)
            change.tasks = {{{{id + 1}, 2}, "opened", 2, {}}, {{{id + 1}, 2}, "closed", 4, {}}};
        page.changes.push_back(std::move(change));
        if (request.after == ChangesRequest::newest)
            break;
    }
    return page;
}

std::string idOf(std::int64_t change, int part = 0)
{
    return toText(StreamPlace{change, part});
}

} // namespace

/// `/api/v1/stream`: events that the server sends, over real sockets.
class StreamTest : public QObject
{
    Q_OBJECT

    /// All ids from the beginning of the log to its end, as one reader gets them.
    static std::vector<std::string> idsUpTo(quint16 port, const std::string &last)
    {
        StreamClient reader(port, "0");
        std::vector<std::string> ids;
        while (ids.empty() || ids.back() != last) {
            const auto event = reader.nextNamed();
            if (!event)
                break;
            ids.push_back(event->id);
        }
        return ids;
    }

private slots:
    void placesAreWrittenAndRead()
    {
        for (const StreamPlace place : {StreamPlace{0, 0}, {12, 0}, {12, 3}, {12, 3, 7}})
            QVERIFY(streamPlaceFrom(toText(place)) == place);
        QVERIFY(streamPlaceFrom("12.0") == (StreamPlace{12, 0}));
        for (const char *wrong : {"", "x", "-1", "+1", " 1", "1 ", "1.", "1.x", "1.-2", "1.2.3", "1,2",
                 "0x1", "99999999999999999999", "1.9999999999", "0-1", "1-", "1-x", "1-2-3", "1--2"})
            QVERIFY2(!streamPlaceFrom(wrong), wrong);
    }

    void changesOfInstancesAndTasksComeAsTheyAreCommitted()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(askFlow));
        StreamClient reader(rest.port());
        QCOMPARE(reader.head.status, 200);
        QCOMPARE(reader.head.headers.value("content-type"), QByteArray("text/event-stream"));
        QCOMPARE(reader.head.headers.value("cache-control"), QByteArray("no-store"));
        const auto place = reader.next(); // where it begins is known before anything comes
        QVERIFY(place && place->name.empty() && place->id == "0");

        QVERIFY(rest.starts("Ask", "ask-1"));
        const auto opened = reader.nextNamed();
        QVERIFY(opened && opened->name == "task" && opened->id == "0.1");
        QCOMPARE(opened->data.at("what").get<std::string>(), std::string("opened"));
        QCOMPARE(opened->data.at("instance").get<std::string>(), std::string("ask-1"));
        const auto started = reader.nextNamed();
        QVERIFY(started && started->name == "instance" && started->id == "1");
        QCOMPARE(started->data.at("instance").get<std::string>(), std::string("ask-1"));
        QCOMPARE(started->data.at("flow").get<std::string>(), std::string("Ask"));
        QCOMPARE(started->data.at("from").get<int>(), 1);

        const auto task = QByteArray::fromStdString(opened->data.at("task").get<std::string>());
        QCOMPARE(rest.call("POST", "/api/v1/tasks/" + task + "/answer",
                         R"({"outcome": "approve", "by": "mara"})")
                     .status,
            202);
        std::vector<std::string> heard;
        auto event = reader.nextNamed();
        while (event && event->name == "task") {
            heard.push_back(event->data.at("what").get<std::string>());
            event = reader.nextNamed();
        }
        QVERIFY((heard == std::vector<std::string>{"answered", "closed"}));
        QVERIFY(event && event->name == "instance");
        QCOMPARE(event->data.at("status").get<std::string>(), std::string("Completed"));
        const auto history = rest.get("/api/v1/instances/ask-1/history");
        QCOMPARE(event->data.at("to").get<std::size_t>(), history.at("events").size());

        QCOMPARE(rest.call("DELETE", "/api/v1/instances/ask-1").status, 200);
        const auto purged = reader.nextNamed();
        QVERIFY(purged && purged->name == "purged");
        QCOMPARE(purged->data.at("instance").get<std::string>(), std::string("ask-1"));
    }

    void whoComesAgainMissesNothingOfAThousandChangesAndGetsNothingTwice()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(waitFlow) && rest.deploys(askFlow));
        std::vector<std::string> ids;
        std::string last = "0";
        const auto readSome = [&](int most) {
            StreamClient reader(rest.port(), QByteArray::fromStdString(last));
            for (int i = 0; i < most; ++i) {
                const auto event = reader.nextNamed();
                QVERIFY(event);
                ids.push_back(event->id);
            }
            last = reader.lastId;
        };
        std::vector<QFuture<Result<Acceptance>>> started;
        const auto start = [&](int from, int to) {
            for (int i = from; i < to; ++i)
                started.push_back(rest.engine().start({.flow = {i % 3 == 0 ? "Ask" : "Wait"},
                    .instance = {"i" + std::to_string(i)},
                    .source = EngineOverRest::window()}));
        };
        start(0, 500);
        for (const int some : {1, 2, 3, 50, 64, 65, 130})
            readSome(some); // while they are still being committed
        for (auto &one : started)
            QVERIFY(bool(one.result()));
        rest.restart();
        started.clear();
        start(500, 1'000);
        for (const int some : {1, 7, 64, 200})
            readSome(some);
        for (auto &one : started)
            QVERIFY(bool(one.result()));
        rest.restart();

        const json list = rest.get("/api/v1/instances?limit=1000");
        QCOMPARE(list.at("instances").size(), std::size_t(1'000));
        StreamClient rearguard(rest.port(), QByteArray::fromStdString(last));
        QVERIFY(rest.starts("Wait", "last"));
        for (auto event = rearguard.nextNamed(); event; event = rearguard.nextNamed()) {
            ids.push_back(event->id);
            if (event->data.value("instance", json()) == "last")
                break;
        }
        QVERIFY(ids.size() > 1'300);
        QVERIFY(ids == idsUpTo(rest.port(), ids.back()));
        QVERIFY(std::ranges::adjacent_find(ids) == ids.end());
        const auto changes =
            std::ranges::count_if(ids, [](const auto &id) { return id.find('.') == id.npos; });
        QCOMPARE(ids.back(), std::to_string(changes)); // without gaps
    }

    void aReaderCanStopBetweenTheEventsOfOneChange()
    {
        RestFixture rest;
        rest.door.changeLog = [](const ChangesRequest &request) { return madeUp(request, 3, true); };
        const std::vector<std::string> all{
            "0.1", "0.2", "1", "1.1", "1.2", "2", "2.1", "2.2", "3"};
        for (std::size_t stop = 0; stop < all.size(); ++stop) {
            StreamClient reader(rest.port(), QByteArray::fromStdString(all[stop]));
            for (std::size_t i = stop + 1; i < all.size(); ++i) {
                const auto event = reader.nextNamed();
                QVERIFY(event);
                QCOMPARE(event->id, all[i]);
                QCOMPARE(event->name, std::string(i % 3 == 2 ? "instance" : "task"));
            }
        }
    }

    void aSlowReaderIsDroppedAndGoesOnWhereItStopped()
    {
        RestOptions options;
        options.limits.bodyTime = 200ms;
        RestFixture rest(options);
        constexpr std::int64_t endless = 1'000'000;
        rest.door.changeLog = [](const ChangesRequest &request) { return madeUp(request, endless); };
        StreamClient slow(rest.port(), "0");
        slow.client().socket().setReadBufferSize(1);
        // It was dropped when nobody pulls any more: no page is asked for.
        QTRY_COMPARE(rest.call("GET", "/api/v1/metrics").body.contains("signalbox_streams 0\n"), true);
        const int asked = rest.door.changesAsked;
        QVERIFY2(asked < 20'000, qPrintable(QString::number(asked))); // what sockets hold, not all
        QCOMPARE(rest.call("GET", "/api/v1/instances").status, 200);
        QCOMPARE(int(rest.door.changesAsked), asked);

        slow.client().socket().setReadBufferSize(0);
        std::int64_t known = 0;
        while (const auto event = slow.nextNamed())
            QCOMPARE(event->id, idOf(++known));
        QVERIFY(!slow.isWhole() && known > 64);
        StreamClient again(rest.port(), QByteArray::fromStdString(slow.lastId));
        for (int i = 0; i < 200; ++i) {
            const auto event = again.nextNamed();
            QVERIFY(event);
            QCOMPARE(event->id, idOf(++known));
        }
    }

    void aLastEventIdThatIsNoneIsRefused()
    {
        RestFixture rest;
        for (const QByteArray id : {"x", "-1", "1.", "1.2.3", "99999999999999999999"}) {
            const auto answer =
                rest.call("GET", "/api/v1/stream", {}, "Last-Event-ID: " + id + "\r\n");
            QCOMPARE(answer.status, 400);
            QVERIFY(answer.body.contains("Last-Event-ID"));
            QCOMPARE(rest.call("GET", "/api/v1/stream?lastEventId=" + id).status, 400);
        }
        QCOMPARE(rest.call("GET", "/api/v1/stream?since=1").status, 400);
        QCOMPARE(HttpClient(rest.port()).call("GET", "/api/v1/stream").status, 401);
    }

    void aPlaceThatIsNotKnownIsSaidAndBeginsAnew()
    {
        RestFixture rest;
        rest.door.changeLog = [](const ChangesRequest &) { return Changes{{}, 101, 200}; };
        for (const QByteArray id : {"0", "99", "201", "5000.1"}) {
            StreamClient reader(rest.port(), id);
            const auto event = reader.next();
            QVERIFY(event && event->name == "reset" && event->id == "200");
            QVERIFY(event->data.contains("detail"));
        }
        for (const QByteArray id : {"100", "150", "200"}) {
            StreamClient reader(rest.port(), id);
            const auto event = reader.next();
            QVERIFY(event && event->name.empty() && event->id == id.toStdString());
        }
    }

    void aFilterShowsItsKindsFlowAndInstanceAlone()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(waitFlow) && rest.deploys(askFlow));
        const auto reads = [&](const char *query) {
            return std::make_unique<StreamClient>(rest.port(), "0", "secret", "1.1", query);
        };
        const auto tasks = reads("?kind=task");
        const auto waits = reads("?flow=Wait&kind=instance");
        const auto one = reads("?instance=ask-2");
        const auto gone = reads("?kind=purged&flow=Wait");
        for (const auto &[flow, id] : {std::pair("Ask", "ask-1"), std::pair("Wait", "wait-1"),
                 std::pair("Ask", "ask-2"), std::pair("Wait", "wait-2")})
            QVERIFY(rest.starts(flow, id));
        QCOMPARE(rest.call("POST", "/api/v1/instances/wait-2/terminate").status, 202);
        QCOMPARE(rest.call("DELETE", "/api/v1/instances/wait-2").status, 200);
        const auto hears = [](StreamClient &reader, const char *name, const char *instance) {
            const auto event = reader.nextNamed();
            return event && event->name == name && event->data.at("instance") == instance;
        };
        QVERIFY(hears(*tasks, "task", "ask-1") && hears(*tasks, "task", "ask-2"));
        QVERIFY(hears(*waits, "instance", "wait-1"));
        QVERIFY(hears(*one, "task", "ask-2") && hears(*one, "instance", "ask-2"));
        QVERIFY(hears(*gone, "purged", "wait-2"));
        QCOMPARE(rest.call("GET", "/api/v1/stream?kind=all").status, 400);
    }

    void aFilterThatShowsLittleStillComesToTheEnd()
    {
        RestOptions options;
        options.limits.beatTime = 20ms;
        RestFixture rest(options);
        rest.door.changeLog = [](const ChangesRequest &request) {
            auto page = madeUp(request, 1'000);
            for (InstanceChange &change : page.changes) {
                if (change.id == 999)
                    change.purged = {"wanted"};
            }
            return page;
        };
        StreamClient reader(rest.port(), "0", "secret", "1.1", "?instance=wanted");
        const auto event = reader.nextNamed();
        QVERIFY(event && event->name == "purged" && event->id == "999");
        // Silence moves its place too: it would else come again by one that is forgotten by then.
        auto place = reader.next();
        while (place && place->id != "1000")
            place = reader.next();
        QVERIFY(place && place->name.empty());
    }

    void whoKnewADatabaseBeforeItWasPutBackHearsReset()
    {
        EngineOverRest rest;
        QVERIFY(rest.deploys(waitFlow));
        QVERIFY(rest.starts("Wait", "a"));
        const std::string file = rest.directory() + "/signalbox.db";
        const std::string copy = rest.directory() + "/copy.db";
        QCOMPARE(rest.call("POST", "/api/v1/backup",
                         QByteArray::fromStdString(json{{"path", copy}}.dump()))
                     .status,
            201);
        const auto putBack = [&] {
            rest.close();
            for (const char *ending : {"", "-wal", "-shm"})
                QFile::remove(QString::fromStdString(file + ending));
            QVERIFY(QFile::copy(QString::fromStdString(copy), QString::fromStdString(file)));
            rest.restart();
        };
        std::vector<QByteArray> known; // one who followed each of the lives of this database to its third change
        for (int life = 0; life < 3; ++life) {
            if (life > 0)
                putBack();
            QVERIFY(rest.starts("Wait", "b" + std::to_string(life)));
            QVERIFY(rest.starts("Wait", "c" + std::to_string(life)));
            StreamClient reader(rest.port(), "0");
            while (reader.nextNamed()->id != "3") {
            }
            for (const QByteArray &id : known) {
                StreamClient again(rest.port(), id);
                const auto event = again.next();
                QVERIFY2(event && event->name == "reset" && event->id == "3", id.constData());
            }
            StreamClient same(rest.port(), QByteArray::fromStdString(reader.lastId));
            QVERIFY(same.next()->name.empty());
            known.push_back(QByteArray::fromStdString(reader.lastId));
        }
        rest.restart(); // alone it changes nothing
        StreamClient same(rest.port(), known.back());
        const auto place = same.next();
        QVERIFY(place && place->name.empty() && place->id == "3");
    }

    void silenceIsBrokenByAComment()
    {
        RestOptions options;
        options.limits.beatTime = 20ms;
        RestFixture rest(options);
        StreamClient reader(rest.port());
        QVERIFY(reader.nextBlock()->contains("id: 1-0"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(reader.nextBlock()->startsWith(':'));
    }

    void whoLeavesMakesRoom()
    {
        RestOptions options;
        options.streams = 2;
        RestFixture rest(options);
        const StreamClient first(rest.port());
        auto second = std::make_unique<StreamClient>(rest.port());
        const auto third = rest.call("GET", "/api/v1/stream");
        QCOMPARE(third.status, 503);
        QCOMPARE(third.headers.value("retry-after"), QByteArray("1"));
        second.reset();
        QTRY_COMPARE(StreamClient(rest.port()).head.status, 200);
    }

    void aHeadTakesNoSeat()
    {
        RestOptions options;
        options.streams = 1;
        RestFixture rest(options);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(rest.call("HEAD", "/api/v1/stream").status, 200);
        QCOMPARE(StreamClient(rest.port()).head.status, 200);
    }

    void anOldClientReadsToTheEndOfTheConnection()
    {
        auto rest = std::make_unique<RestFixture>();
        rest->door.changeLog = [](const ChangesRequest &request) { return madeUp(request, 100); };
        StreamClient reader(rest->port(), "0", "secret", "1.0");
        QVERIFY(!reader.head.headers.contains("transfer-encoding"));
        for (int i = 1; i <= 100; ++i)
            QCOMPARE(reader.nextNamed()->id, idOf(i));
        rest->server.reset();
        QVERIFY(reader.isWhole());
    }

    void streamsEndWhenTheServerDoes()
    {
        RestFixture rest;
        StreamClient first(rest.port());
        StreamClient second(rest.port(), "0");
        QVERIFY(first.next() && second.next());
        rest.server.reset();
        QVERIFY(first.isWhole() && second.isWhole());
        QVERIFY(first.client().isClosed() && second.client().isClosed());
    }

    void anEngineThatRefusesEndsTheStream()
    {
        RestFixture rest;
        rest.door.refusal = Error{ErrorCode::Unavailable, "the disk is gone", {}};
        StreamClient reader(rest.port());
        QVERIFY(!reader.next() && reader.isWhole());
    }

    void aKeyThatIsRevokedReadsNoFurther()
    {
        EngineOverRest rest;
        const auto made = json::parse(
            rest.call("POST", "/api/v1/keys", R"({"label": "board", "scope": "read-only"})")
                .body.toStdString());
        const auto key = QByteArray::fromStdString(made.at("key").get<std::string>());
        StreamClient reader(rest.port(), {}, key);
        QCOMPARE(reader.head.status, 200);
        QVERIFY(bool(reader.next()));
        QCOMPARE(rest.call("DELETE", "/api/v1/keys/board").status, 200);
        QVERIFY(!reader.next() && reader.isWhole());
    }
};

QTEST_GUILESS_MAIN(StreamTest)
#include "stream_test.moc"
