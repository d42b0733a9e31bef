#include "engine/activities/work_board.h"

#include "tests/support/sim_clock.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;

/// Who has which work, and until when.
class WorkBoardTest : public QObject
{
    Q_OBJECT

    struct World {
        tests::SimClock clock;
        int marks = 0;
        WorkBoard board{clock, [this] { return "m" + std::to_string(++marks); }};
        std::map<Sequence, Failure> ended; ///< without a result, by task

        void add(
            Sequence task, Milliseconds timeout = 0ms, int attempt = 1, const char *name = "pack")
        {
            board.add({.key = {RunKey{7}, task},
                          .attempt = attempt,
                          .instance = {"i"},
                          .activity = "worker",
                          .with = JsonText::of({{"name", name}, {"input", task}}),
                          .timeout = timeout},
                [this, task](ActivityOutcome outcome) {
                    ended[task] = std::get<Failure>(std::move(outcome));
                });
        }
        /// What a fetch gets; nothing: it waits.
        std::shared_ptr<std::optional<std::vector<WorkTaken>>> fetch(WorkWanted wanted)
        {
            auto got = std::make_shared<std::optional<std::vector<WorkTaken>>>();
            board.fetch(std::move(wanted),
                [got](std::vector<WorkTaken> taken) { *got = std::move(taken); });
            return got;
        }
        /// The lease of the one work there is; empty: there is none.
        std::string take(Milliseconds lease = 60s)
        {
            const auto got = fetch({.name = "pack", .lease = lease});
            return (*got)->empty() ? std::string() : (*got)->front().lease;
        }
        void pass(Milliseconds time)
        {
            clock.advance(time);
            board.look();
        }
    };
    template<typename T>
    static ErrorCode codeOf(const Result<T> &result)
    {
        return result ? ErrorCode::Busy : result.error().code;
    }

private slots:
    void workIsHandedOutOnceAndTheOldestFirst()
    {
        World world;
        for (const Sequence task : {5, 3, 4})
            world.add(task);
        world.add(6, 0ms, 1, "other");
        const auto got = world.fetch({.name = "pack", .most = 2});
        QCOMPARE((*got)->size(), 2u);
        QCOMPARE((*got)->at(0).input.text(), std::string("5"));
        QCOMPARE((*got)->at(0).until, world.clock.now() + 60s);
        QCOMPARE((*got)->at(1).input.text(), std::string("3"));
        QVERIFY(!world.take().empty());
        QVERIFY(world.take().empty());
    }

    void whoeverWaitsLongestGetsWhatComes()
    {
        World world;
        const auto first = world.fetch({.name = "pack", .wait = 30s});
        const auto second = world.fetch({.name = "pack", .wait = 20s});
        QCOMPARE(*world.board.nextDue(), world.clock.now() + 20s);
        world.add(1);
        QVERIFY(*first && (*first)->size() == 1);
        QVERIFY(!*second);
        world.pass(20s);
        QVERIFY(*second && (*second)->empty());
    }

    void aLeaseThatRunsOutEndsTheAttempt()
    {
        World world;
        world.add(1);
        const auto lease = world.take(10s);
        QCOMPARE(*world.board.nextDue(), world.clock.now() + 10s);
        world.pass(9999ms);
        QVERIFY(world.ended.empty());
        world.pass(1ms);
        QCOMPARE(world.ended.at(1).type, std::string("WorkerError"));
        QVERIFY(world.ended.at(1).retriable);
        QVERIFY(world.take().empty());
        QVERIFY(!world.board.nextDue());
        // The next attempt is somebody else's.
        world.add(1, 0ms, 2);
        QVERIFY(!world.take().empty());
        QCOMPARE(codeOf(world.board.prolong("pack", lease, 1s)), ErrorCode::WrongState);
        QCOMPARE(codeOf(world.board.claim("pack", lease)), ErrorCode::WrongState);
    }

    void aLeaseIsNoLongerGoodInTheMomentItRunsOut()
    {
        World world;
        world.add(1);
        const auto lease = world.take(10s);
        world.clock.advance(10s); // and nobody looked
        QCOMPARE(codeOf(world.board.claim("pack", lease)), ErrorCode::WrongState);
        QCOMPARE(world.ended.size(), 1u);
    }

    void aHeartbeatProlongsTheLease()
    {
        World world;
        world.add(1);
        const auto lease = world.take(10s);
        for (int i = 0; i < 5; ++i) {
            world.pass(9s);
            QCOMPARE(*world.board.prolong("pack", lease, 10s), world.clock.now() + 10s);
        }
        QVERIFY(world.ended.empty());
        QCOMPARE(codeOf(world.board.prolong("other", lease, 10s)), ErrorCode::WrongState);
    }

    void theTimeoutIsThatOfTheAttemptHoweverOftenItIsProlonged()
    {
        World world;
        world.add(1, 15s);
        world.add(2, 5s); // nobody takes it in time
        const auto lease = world.take(10s);
        world.pass(5s);
        QCOMPARE(world.ended.at(2).type, std::string("ActivityTimeout"));
        QVERIFY(world.board.prolong("pack", lease, 60s));
        world.pass(10s);
        QCOMPARE(world.ended.at(1).type, std::string("ActivityTimeout"));
        QCOMPARE(codeOf(world.board.claim("pack", lease)), ErrorCode::WrongState);
    }

    void aResultIsTakenOnce()
    {
        World world;
        world.add(1, 20s);
        const auto lease = world.take(10s);
        const auto claimed = world.board.claim("pack", lease);
        QVERIFY(claimed);
        QCOMPARE(claimed->key, (ActivityKey{RunKey{7}, 1}));
        QCOMPARE(codeOf(world.board.claim("pack", lease)), ErrorCode::WrongState);
        QCOMPARE(codeOf(world.board.prolong("pack", lease, 60s)), ErrorCode::WrongState);
        world.pass(60s); // while it is on its way nothing runs out
        QVERIFY(world.ended.empty());
        world.board.close(lease);
        QVERIFY(world.ended.empty());
        QCOMPARE(codeOf(world.board.claim("pack", lease)), ErrorCode::WrongState);
        QVERIFY(!world.board.nextDue());
    }

    void aResultThatCouldNotBeKeptCanBeSentAgain()
    {
        World world;
        world.add(1);
        const auto lease = world.take(10s);
        QVERIFY(world.board.claim("pack", lease));
        world.board.release(lease);
        QVERIFY(world.board.claim("pack", lease));
    }

    void whatIsCanceledLeavesTheBoardAndItsHolderIsTold()
    {
        World world;
        world.add(1);
        const auto lease = world.take();
        world.add(2);
        world.board.cancel({RunKey{7}, 1});
        world.board.cancel({RunKey{7}, 2});
        world.board.cancel({RunKey{7}, 3}); // there is none
        QCOMPARE(world.ended.size(), 2u);
        QVERIFY(world.take().empty());
        QCOMPARE(codeOf(world.board.prolong("pack", lease, 1s)), ErrorCode::Finished);
        QCOMPARE(codeOf(world.board.claim("pack", lease)), ErrorCode::Finished);
    }

    void aLeaseFromBeforeARestartIsGoodIfNobodyElseHasTheWork()
    {
        World before;
        before.add(1);
        before.add(2);
        const auto first = before.take();
        const auto second = before.take();
        World after;
        after.marks = 100;
        after.add(1);
        after.add(2);
        QVERIFY(after.board.prolong("pack", first, 10s));
        const auto taken = after.take();
        QVERIFY(taken.starts_with("7-2-1-"));
        QCOMPARE(codeOf(after.board.claim("pack", second)), ErrorCode::WrongState);
        QVERIFY(after.board.claim("pack", first));
        QVERIFY(after.board.claim("pack", taken));
    }

    void workWithoutANameIsRefused()
    {
        World world;
        std::optional<Failure> refused;
        for (const json &with : {json(), json::object(), json{{"name", ""}}, json{{"name", 5}}}) {
            world.board.add({.key = {RunKey{7}, 1}, .with = JsonText::of(with)},
                [&](ActivityOutcome outcome) { refused = std::get<Failure>(outcome); });
            QVERIFY(refused && refused->type == "ValidationError" && !refused->retriable);
            refused.reset();
        }
    }
};

QTEST_GUILESS_MAIN(WorkBoardTest)
#include "work_board_test.moc"
