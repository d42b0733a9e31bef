#include "tests/support/commits.h"
#include "tests/support/random_facts.h"
#include "tests/support/store_bench.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <tuple>

using namespace engine;
using namespace tests;

namespace {

void commit(Store &store, const Turn &turn)
{
    if (const auto done = store.commit(turn); !done)
        qFatal("%s", done.error().message.c_str());
}

std::vector<std::string> idsOf(const InstancePage &page)
{
    std::vector<std::string> ids;
    for (const InstanceSummary &summary : page.instances)
        ids.push_back(summary.instance.value);
    return ids;
}

std::vector<std::string> listed(Reader &reader, const InstanceFilter &filter)
{
    return idsOf(valueOf(reader.list(filter, {}, 100)));
}

using Ids = std::vector<std::string>;

} // namespace

class StoreContractTest : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void aNewStoreIsEmpty_data() { stores(); }
    void aNewStoreIsEmpty();
    void rowsReadAsTheyWereCommitted_data() { stores(); }
    void rowsReadAsTheyWereCommitted();
    void severalRowsOfOneRunFitInOneTurn_data() { stores(); }
    void severalRowsOfOneRunFitInOneTurn();
    void aRowThatDoesNotFollowRefusesTheWholeTurn_data() { stores(); }
    void aRowThatDoesNotFollowRefusesTheWholeTurn();
    void theSummaryIsTheOneOfTheLastRow_data() { stores(); }
    void theSummaryIsTheOneOfTheLastRow();
    void aNewRunReplacesAFinishedOne_data() { stores(); }
    void aNewRunReplacesAFinishedOne();
    void aRunCanEndAndBeReplacedInOneTurn_data() { stores(); }
    void aRunCanEndAndBeReplacedInOneTurn();
    void aRunKeyIsRememberedThoughItsRowsAreGone_data() { stores(); }
    void aRunKeyIsRememberedThoughItsRowsAreGone();
    void messagesStayUntilTheyAreTakenOrDropped_data() { stores(); }
    void messagesStayUntilTheyAreTakenOrDropped();
    void messagesReadAsTheyWereSent_data() { stores(); }
    void messagesReadAsTheyWereSent();
    void timersAreRecoveredByTheirTime_data() { stores(); }
    void timersAreRecoveredByTheirTime();
    void aRunSaysWhoseItIs_data() { stores(); }
    void aRunSaysWhoseItIs();
    void workIsRecoveredUntilItsLastWord_data() { stores(); }
    void workIsRecoveredUntilItsLastWord();
    void nothingOfAFinishedRunIsRecovered_data() { stores(); }
    void nothingOfAFinishedRunIsRecovered();
    void aMarkIsSetAsideUntilTheNextRow_data() { stores(); }
    void aMarkIsSetAsideUntilTheNextRow();
    void flowsAreKeptInAllTheirVersions_data() { stores(); }
    void flowsAreKeptInAllTheirVersions();
    void aVersionOfAFlowNeverChanges_data() { stores(); }
    void aVersionOfAFlowNeverChanges();
    void grantsAreRemembered_data() { stores(); }
    void grantsAreRemembered();
    void undeliveredEventsAreBounded_data() { stores(); }
    void undeliveredEventsAreBounded();
    void anUndeliveredEventIsLoggedOnceUnderItsId_data() { stores(); }
    void anUndeliveredEventIsLoggedOnceUnderItsId();
    void undeliveredEventsAreFoundAndTakenOut_data() { stores(); }
    void undeliveredEventsAreFoundAndTakenOut();
    void pagesStayRightWhileInstancesCome_data() { stores(); }
    void pagesStayRightWhileInstancesCome();
    void wrongPlacesAndLimitsAreRefused_data() { stores(); }
    void wrongPlacesAndLimitsAreRefused();
    void filtersShowWhatMatches_data() { stores(); }
    void filtersShowWhatMatches();
    void everyFilterListsWhatTheReferenceLists_data() { stores(); }
    void everyFilterListsWhatTheReferenceLists();
    void historiesComeInPages_data() { stores(); }
    void historiesComeInPages();
    void aRunThatContinuesAsNewIsKept_data() { stores(); }
    void aRunThatContinuesAsNewIsKept();
    void theAuditLogIsReadNewestFirst_data() { stores(); }
    void theAuditLogIsReadNewestFirst();
    void theAuditLogOutlivesWhatItIsAbout_data() { stores(); }
    void theAuditLogOutlivesWhatItIsAbout();
    void aPurgedRunLeavesNothingButItsAudit_data() { stores(); }
    void aPurgedRunLeavesNothingButItsAudit();
    void finishedRunsAreFoundByTheirEnd_data() { stores(); }
    void finishedRunsAreFoundByTheirEnd();
    void countsFollowTheStates_data() { stores(); }
    void countsFollowTheStates();
    void whoWaitsUnderAKeyIsFound_data() { stores(); }
    void whoWaitsUnderAKeyIsFound();
    void correlatedEventsStayUntilTheyAreGone_data() { stores(); }
    void correlatedEventsStayUntilTheyAreGone();
    void theFirstAnswerToACorrelatedEventIsKept_data() { stores(); }
    void theFirstAnswerToACorrelatedEventIsKept();

private:
    void stores();
    Store &store() { return m_bench->store(); }

    std::unique_ptr<StoreBench> m_bench;
    std::unique_ptr<Reader> m_reader;
};

void StoreContractTest::stores()
{
    QTest::addColumn<int>("bench");
    int index = 0;
    for (const auto &[name, make] : benches())
        QTest::newRow(name) << index++;
}

void StoreContractTest::init()
{
    QFETCH(const int, bench);
    m_reader.reset();
    m_bench.reset();
    m_bench = benches().at(static_cast<std::size_t>(bench)).second();
    m_reader = m_bench->reader();
}

void StoreContractTest::aNewStoreIsEmpty()
{
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.flows.empty() && recovered.grants.empty() && recovered.inbox.empty());
    QVERIFY(recovered.timers.empty() && recovered.work.empty());
    QCOMPARE(recovered.lastRun.value, 0);
    QCOMPARE(recovered.lastMessage, 0);
    QVERIFY(valueOf(store().history({1})).empty());
    QVERIFY(!valueOf(store().find({"order-1"})));
    QVERIFY(!valueOf(m_reader->find({"order-1"})));
    QVERIFY(valueOf(m_reader->list({}, {}, 10)).instances.empty());
    QVERIFY(valueOf(m_reader->history({1}, 1, 10)).events.empty());
    QVERIFY(valueOf(m_reader->counts()).empty());
    QVERIFY(valueOf(m_reader->flows()).empty());
    QVERIFY(valueOf(m_reader->undelivered(10)).empty());
}

void StoreContractTest::rowsReadAsTheyWereCommitted()
{
    RandomFacts random(7);
    for (std::int64_t run = 1; run <= 50; ++run) {
        auto commit1 = started(run, "order-" + std::to_string(run));
        auto commit2 = followed(commit1, random.facts(8));
        commit1.summary.customStatus = random.json();
        commit(store(), turnOf({commit1}));
        commit(store(), turnOf({commit2}));
        QVERIFY(valueOf(store().history({run})) == std::vector({commit1.row, commit2.row}));
    }
    QVERIFY(valueOf(store().history({51})).empty());
}

void StoreContractTest::severalRowsOfOneRunFitInOneTurn()
{
    const auto one = started(1, "order-1");
    const auto two =
        followed(one, {StepEntered{{}, {"ship"}}, TaskScheduled{{}, {"ship"}, "log", {}}});
    const auto three = followed(two, {TaskCompleted{3, 1, {}}});
    const auto other = started(2, "order-2");
    commit(store(), turnOf({one, two, other, three}));
    QVERIFY(valueOf(store().history({1})) == std::vector({one.row, two.row, three.row}));
    QVERIFY(valueOf(store().history({2})) == std::vector({other.row}));
    QVERIFY(valueOf(store().find({"order-1"})) == three.summary);
}

void StoreContractTest::aRowThatDoesNotFollowRefusesTheWholeTurn()
{
    const auto one = started(1, "order-1");
    commit(store(), turnOf({one}));
    const auto two = followed(one, {StepEntered{{}, {"ship"}}});
    const auto three = followed(two, {StepEntered{{}, {"done"}}});
    const auto fresh = started(2, "order-2");
    auto empty = followed(one, {});
    auto foreign = two;
    foreign.summary.run = {9};
    auto tooLong = two;
    tooLong.summary.length += 1;
    for (const auto &wrong :
        {one, three, empty, foreign, tooLong, followed(fresh, {TimerFired{1}})}) {
        Turn turn = turnOf({fresh, wrong});
        if (wrong.row.run == fresh.row.run)
            turn.instances = {wrong};
        turn.sent = {{1, {{"order-1"}, {1}, GoOn{}}}};
        turn.flows = {{{"Order"}, 1, at(0), "{}"}};
        turn.undelivered = {{0, {"x"}, {"Paid", {}, {}, {}, {}}, "unknown instance", at(0)}};
        const auto refused = store().commit(turn);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WrongState);
        QVERIFY(refused.error().message.find("run ") != std::string::npos);
    }
    QVERIFY(valueOf(store().history({1})) == std::vector({one.row}));
    QVERIFY(valueOf(store().history({2})).empty());
    QVERIFY(!valueOf(store().find({"order-2"})));
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.inbox.empty() && recovered.flows.empty());
    QCOMPARE(recovered.lastRun.value, 1);
    QVERIFY(valueOf(m_reader->undelivered(9)).empty());
    QCOMPARE(valueOf(m_reader->counts()).front().running, 1);
    commit(store(), turnOf({two, three}));
}

void StoreContractTest::theSummaryIsTheOneOfTheLastRow()
{
    auto commit1 = started(1, "order-1");
    commit1.summary.waiting = true;
    commit1.summary.standsUntil = at(90'000);
    commit(store(), turnOf({commit1}));
    QVERIFY(valueOf(store().find({"order-1"})) == commit1.summary);
    QVERIFY(valueOf(m_reader->find({"order-1"})) == commit1.summary);

    const auto status = JsonText::trusted(R"({"stage":"Shipped"})");
    auto commit2 = followed(commit1, {CustomStatusSet{status}}, InstanceStatus::Suspended);
    commit2.summary.customStatus = status;
    commit2.summary.standsUntil.reset();
    commit2.summary.standsOn = "ship";
    commit2.summary.standsAt = {"ship"};
    commit2.summary.standsSince = at(5'000);
    commit(store(), turnOf({commit2}));
    QVERIFY(valueOf(store().find({"order-1"})) == commit2.summary);

    const Failure failure{"PaymentDown", "no answer", {}, true};
    auto commit3 = followed(commit2, {ExecutionCompleted{{}, failure}}, InstanceStatus::Failed);
    commit3.summary.output = JsonText::ofString("no answer");
    commit3.summary.errorType = "PaymentDown";
    commit(store(), turnOf({commit3}));
    QVERIFY(valueOf(store().find({"order-1"})) == commit3.summary);
    QVERIFY(valueOf(m_reader->find({"order-1"})) == commit3.summary);
    QVERIFY(valueOf(m_reader->list({}, {}, 10)).instances == std::vector({commit3.summary}));
}

void StoreContractTest::aNewRunReplacesAFinishedOne()
{
    const auto old = started(1, "order-1");
    commit(store(), turnOf({old, completed(old)}));
    auto fresh = started(2, "order-1");
    fresh.replaces = {1};
    commit(store(), turnOf({fresh}));
    QVERIFY(valueOf(store().history({1})).empty());
    QVERIFY(valueOf(store().find({"order-1"})) == fresh.summary);
    QCOMPARE(listed(*m_reader, {}), Ids{"order-1"});
    QCOMPARE(valueOf(m_reader->counts()).front().completed, 0);
    QCOMPARE(valueOf(m_reader->counts()).front().running, 1);
}

void StoreContractTest::aRunCanEndAndBeReplacedInOneTurn()
{
    const auto old = started(1, "order-1");
    auto fresh = started(2, "order-1");
    fresh.replaces = {1};
    commit(store(), turnOf({old, completed(old), fresh, followed(fresh, {TimerFired{1}})}));
    QVERIFY(valueOf(store().history({1})).empty());
    QCOMPARE(valueOf(store().history({2})).size(), 2U);
    QCOMPARE(valueOf(m_reader->find({"order-1"}))->run.value, 2);
}

void StoreContractTest::aRunKeyIsRememberedThoughItsRowsAreGone()
{
    const auto old = started(9, "order-1");
    commit(store(), turnOf({old, completed(old)}));
    auto lower = started(8, "order-1");
    lower.replaces = {9};
    commit(store(), turnOf({lower}));
    QCOMPARE(valueOf(store().recover()).lastRun.value, 9);
}

void StoreContractTest::messagesStayUntilTheyAreTakenOrDropped()
{
    const auto goOn = [](std::int64_t id) { return StoredMessage{id, {{"order-1"}, {1}, GoOn{}}}; };
    auto one = started(1, "order-1");
    Turn first = turnOf({one});
    first.sent = {goOn(1), goOn(2), goOn(3), goOn(4)};
    commit(store(), first);
    auto two = followed(one, {DecisionYielded{}});
    two.taken = {2};
    Turn second = turnOf({two});
    second.dropped = {3};
    commit(store(), second);
    QVERIFY(valueOf(store().recover()).inbox == std::vector({goOn(1), goOn(4)}));

    auto three = followed(two, {DecisionYielded{}});
    three.taken = {1, 4, 5};
    Turn third = turnOf({three});
    third.sent = {goOn(5)};
    commit(store(), third);
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.inbox.empty());
    QCOMPARE(recovered.lastMessage, 5);
}

void StoreContractTest::messagesReadAsTheyWereSent()
{
    RandomFacts random(11);
    Turn turn;
    for (std::int64_t id = 1; id <= 200; ++id)
        turn.sent.push_back({id * 3, random.message()});
    commit(store(), turn);
    QVERIFY(valueOf(store().recover()).inbox == turn.sent);
}

void StoreContractTest::timersAreRecoveredByTheirTime()
{
    const auto timer = [](std::int64_t due) {
        return TimerCreated{{}, {"wait"}, TimerPurpose::Timeout, at(due), 1};
    };
    const auto one = started(1, "order-1", {timer(500), timer(100), timer(300)});
    const auto two = started(2, "order-2", {timer(200), timer(100)});
    commit(
        store(), turnOf({one, two, followed(one, {TimerFired{3}, TimerCanceled{4}, timer(50)})}));
    const std::vector<DueTimer> expected{
        {{1}, 7, at(50)}, {{2}, 3, at(100)}, {{2}, 2, at(200)}, {{1}, 2, at(500)}};
    QVERIFY(valueOf(store().recover()).timers == expected);
}

void StoreContractTest::aRunSaysWhoseItIs()
{
    const auto first = completed(started(1, "order-1"));
    commit(store(), turnOf({started(1, "order-1"), first, started(2, "order-2")}));
    QVERIFY(valueOf(store().instanceOf({1})) == InstanceId{"order-1"});
    QVERIFY(valueOf(store().instanceOf({2})) == InstanceId{"order-2"});
    QVERIFY(!valueOf(store().instanceOf({3})));
    auto again = started(3, "order-1");
    again.replaces = {1};
    commit(store(), turnOf({again}));
    QVERIFY(!valueOf(store().instanceOf({1})));
    QVERIFY(valueOf(store().instanceOf({3})) == InstanceId{"order-1"});
}

void StoreContractTest::workIsRecoveredUntilItsLastWord()
{
    const TaskScheduled task{{}, {"ship"}, "http", {}};
    const auto one = started(1, "order-1", {task, task, task, task, task});
    const auto two = followed(one, {TaskCompleted{2, 1, {}}, TaskFailed{3, 1, {}}, TaskCanceled{4},
                                       TaskAttemptFailed{5, 1, {}},
                                       TimerCreated{{}, {"ship"}, TimerPurpose::Retry, at(9), 5}});
    commit(store(), turnOf({one, two}));
    const std::vector<OpenWork> waiting{{{"order-1"}, {1}, 5, true}, {{"order-1"}, {1}, 6, false}};
    QVERIFY(valueOf(store().recover()).work == waiting);
    commit(store(), turnOf({followed(two, {TimerFired{11}})}));
    const std::vector<OpenWork> running{{{"order-1"}, {1}, 5, false}, {{"order-1"}, {1}, 6, false}};
    QVERIFY(valueOf(store().recover()).work == running);
}

void StoreContractTest::nothingOfAFinishedRunIsRecovered()
{
    const auto one =
        started(1, "order-1", {TaskScheduled{}, TimerCreated{}, WaitOpened{}, EventRaised{}});
    const auto two = followed(one, {ExecutionTerminated{}}, InstanceStatus::Terminated);
    commit(store(), turnOf({one}));
    QCOMPARE(valueOf(store().recover()).work.size(), 1U);
    QCOMPARE(valueOf(store().recover()).timers.size(), 1U);
    commit(store(), turnOf({two}));
    QVERIFY(valueOf(store().recover()).work.empty());
    QVERIFY(valueOf(store().recover()).timers.empty());
}

void StoreContractTest::aMarkIsSetAsideUntilTheNextRow()
{
    const auto one = started(1, "order-1");
    Turn turn = turnOf({one});
    turn.setAside = {{{1}, "fault in step 'ship'"}, {{77}, "nobody"}};
    commit(store(), turn);
    auto marked = one.summary;
    marked.setAside = "fault in step 'ship'";
    QVERIFY(valueOf(store().find({"order-1"})) == marked);
    QVERIFY(valueOf(m_reader->find({"order-1"})) == marked);
    const auto two = followed(one, {TimerFired{1}});
    commit(store(), turnOf({two}));
    QVERIFY(valueOf(store().find({"order-1"})) == two.summary);
}

void StoreContractTest::flowsAreKeptInAllTheirVersions()
{
    const StoredFlow b1{{"B"}, 1, at(1), "{\"name\":\"B\"}\n"};
    const StoredFlow a1{{"A"}, 1, at(2), "Zürich"};
    const StoredFlow a2{{"A"}, 2, at(3), ""};
    Turn turn;
    turn.flows = {b1, a1};
    commit(store(), turn);
    turn.flows = {a2};
    commit(store(), turn);
    const std::vector expected{a1, a2, b1};
    QVERIFY(valueOf(store().recover()).flows == expected);
    QVERIFY(valueOf(m_reader->flows()) == expected);
}

void StoreContractTest::aVersionOfAFlowNeverChanges()
{
    Turn turn;
    turn.flows = {{{"A"}, 1, at(1), "first"}};
    commit(store(), turn);
    turn.flows = {{{"B"}, 1, at(2), "other"}, {{"A"}, 1, at(2), "second"}};
    const auto refused = store().commit(turn);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::WrongState);
    const auto flows = valueOf(m_reader->flows());
    QCOMPARE(flows.size(), 1U);
    QCOMPARE(flows.front().text, std::string("first"));
}

void StoreContractTest::grantsAreRemembered()
{
    const Grant first{{"B"}, "http *", at(1)};
    const Grant second{{"A"}, "process ls", at(2)};
    const Grant again{{"B"}, "http *", at(3)};
    Turn turn;
    turn.grants = {first, second};
    commit(store(), turn);
    turn.grants = {again};
    commit(store(), turn);
    QVERIFY(valueOf(store().recover()).grants == std::vector({second, again}));
}

void StoreContractTest::anUndeliveredEventIsLoggedOnceUnderItsId()
{
    const RaiseEvent paid{"Paid", {}, "e-1", {}, {}};
    const RaiseEvent again{"PAID", {}, "e-1", {}, {}};
    const RaiseEvent other{"Paid", {}, "e-2", {}, {}};
    const RaiseEvent bare{"Paid", {}, {}, {}, {}};
    Turn turn;
    for (const RaiseEvent &event : {paid, again, other, bare, bare})
        turn.undelivered.push_back({0, {"gone"}, event, "finished instance", at(0)});
    turn.undelivered.push_back({0, {"else"}, paid, "finished instance", at(0)});
    commit(store(), turn);
    commit(store(), turn);
    const auto all = valueOf(m_reader->undelivered(100));
    QCOMPARE(std::ranges::count(all, paid, &UndeliveredEvent::event), 2);
    QCOMPARE(std::ranges::count(all, again, &UndeliveredEvent::event), 0);
    QCOMPARE(std::ranges::count(all, other, &UndeliveredEvent::event), 1);
    QCOMPARE(std::ranges::count(all, bare, &UndeliveredEvent::event), 4);
}

void StoreContractTest::theAuditLogIsReadNewestFirst()
{
    const AuditEntry whole{.at = at(7),
        .source = {"rest", "shop"},
        .operation = "deleteKept",
        .instance = {"a"},
        .run = {3},
        .flow = {"Order"},
        .about = "event/5",
        .before = JsonText::trusted(R"({"name":"Pa\"id"})"),
        .after = JsonText::trusted("[1]"),
        .reason = "sent twice"};
    AuditEntry other = whole;
    other.instance = {"b"};
    Turn turn;
    turn.audit = {whole, other, {.operation = "deploy", .flow = {"Order"}}};
    commit(store(), turn);
    turn.audit = {whole};
    commit(store(), turn);

    const AuditPage all = valueOf(m_reader->audit({}, {}, 10));
    QCOMPARE(all.entries.size(), std::size_t(4));
    QVERIFY(all.next.empty());
    QVERIFY(std::ranges::is_sorted(all.entries, std::ranges::greater{}, &AuditEntry::id));
    AuditEntry expected = whole;
    expected.id = all.entries[0].id;
    QVERIFY(all.entries[0] == expected);
    QVERIFY(all.entries[1].instance.empty() && all.entries[1].operation == "deploy");

    const AuditPage first = valueOf(m_reader->audit({"a"}, {}, 1));
    QCOMPARE(first.entries.size(), std::size_t(1));
    QVERIFY(first.entries[0] == expected && !first.next.empty());
    const AuditPage second = valueOf(m_reader->audit({"a"}, first.next, 1));
    QCOMPARE(second.entries.size(), std::size_t(1));
    QVERIFY(second.entries[0].id < expected.id && second.next.empty());
    QVERIFY(valueOf(m_reader->audit({"nobody"}, {}, 10)).entries.empty());
    QVERIFY(!m_reader->audit({}, "x", 10));
    QVERIFY(!m_reader->audit({}, {}, 0));
}

void StoreContractTest::theAuditLogOutlivesWhatItIsAbout()
{
    const auto old = started(1, "a");
    Turn turn = turnOf({old, completed(old)});
    turn.audit = {{.operation = "suspend", .instance = {"a"}, .run = {1}}};
    commit(store(), turn);
    auto fresh = started(2, "a");
    fresh.replaces = {1};
    commit(store(), turnOf({fresh}));
    QVERIFY(valueOf(store().history({1})).empty());
    QCOMPARE(valueOf(m_reader->audit({"a"}, {}, 10)).entries.size(), std::size_t(1));
}

void StoreContractTest::aPurgedRunLeavesNothingButItsAudit()
{
    const auto first = started(1, "a", {EventRaised{"Kept", {}, {}, {}, {}}});
    auto second = started(2, "a", {TaskOpened{}, TaskScheduled{}, TimerCreated{}});
    std::get<ExecutionStarted>(second.row.facts.front()).previous = {1};
    const auto other = started(3, "b", {EventRaised{"Kept", {}, {}, {}, {}}});
    commit(store(), turnOf({first, completed(first), second, other}));
    QCOMPARE(valueOf(store().recover()).timers.size(), std::size_t(1));
    Turn purge = turnOf({completed(second)});
    purge.purged = {{2}};
    purge.audit = {{.operation = "purge", .instance = {"a"}, .run = {2}}};
    purge.undelivered = {{0, {"a"}, {"Paid", {}, {}, {}, {}}, "finished instance", at(0)}};
    commit(store(), purge);

    QVERIFY(valueOf(store().history({1})).empty());
    QVERIFY(valueOf(store().history({2})).empty());
    QVERIFY(!valueOf(store().find({"a"})));
    QVERIFY(!valueOf(store().instanceOf({2})));
    QCOMPARE(listed(*m_reader, {}), Ids{"b"});
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.timers.empty() && recovered.work.empty());
    QVERIFY(valueOf(m_reader->tasks({}, {}, 10)).tasks.empty());
    QCOMPARE(recovered.lastRun.value, 3);
    std::int64_t counted = 0;
    const auto counts = valueOf(m_reader->counts());
    for (const InstanceCounts &one : counts)
        counted += one.completed + one.running + one.waiting + one.suspended;
    QCOMPARE(counted, 1);
    QCOMPARE(valueOf(m_reader->audit({"a"}, {}, 10)).entries.size(), std::size_t(1));
    QCOMPARE(valueOf(m_reader->undelivered(10)).size(), std::size_t(1));

    Turn again;
    again.purged = {{2}, {77}};
    commit(store(), again);
    QCOMPARE(listed(*m_reader, {}), Ids{"b"});
    commit(store(), turnOf({started(4, "a")}));
    QCOMPARE(listed(*m_reader, {}), (Ids{"a", "b"}));
}

void StoreContractTest::finishedRunsAreFoundByTheirEnd()
{
    std::vector<InstanceCommit> commits;
    for (const auto &[run, name, end] : std::vector<std::tuple<int, const char *, int>>{
             {1, "a", 90}, {2, "b", 30}, {3, "c", 0}, {4, "d", 60}, {5, "e", 10}}) {
        commits.push_back(started(run, name));
        commits.back().summary.flow = {run == 5 ? "Other" : "Order"};
        commits.back().summary.version = 2;
        if (end == 0)
            continue;
        commits.push_back(completed(commits.back()));
        commits.back().summary.finishedAt = at(end);
    }
    commit(store(), turnOf(commits));
    const auto all = valueOf(store().finished({"Order"}, 2, 10));
    QVERIFY((all == std::vector<FinishedRun>{
                        {{"b"}, {2}, at(30)}, {{"d"}, {4}, at(60)}, {{"a"}, {1}, at(90)}}));
    QCOMPARE(valueOf(store().finished({"Order"}, 2, 1)).size(), std::size_t(1));
    QVERIFY(valueOf(store().finished({"Order"}, 1, 10)).empty());
}

void StoreContractTest::undeliveredEventsAreFoundAndTakenOut()
{
    const RaiseEvent event{"Paid", JsonText::trusted("1.10"), "e-1", BranchPath{"a/b"}, {"rest", "shop"}};
    Turn turn;
    turn.undelivered = {{0, {"gone"}, event, "finished instance", at(7)},
        {0, {"gone"}, {"Go", {}, {}, {}, {}}, "unknown instance", at(8)}};
    commit(store(), turn);
    const auto all = valueOf(m_reader->undelivered(10));
    QCOMPARE(all.size(), std::size_t(2));
    QVERIFY(valueOf(store().undelivered(all[1].id)) == all[1]);
    QVERIFY(all[1].event == event);
    Turn gone;
    gone.undeliveredGone = {all[1].id, 4711};
    commit(store(), gone);
    QVERIFY(!valueOf(store().undelivered(all[1].id)));
    QVERIFY(valueOf(m_reader->undelivered(10)) == std::vector{all[0]});
}

void StoreContractTest::undeliveredEventsAreBounded()
{
    Turn turn;
    const auto count = undeliveredLimit + 5;
    for (int i = 1; i <= count; ++i) {
        const RaiseEvent event{"Paid", JsonText::trusted(std::to_string(i)),
            "e" + std::to_string(i), BranchPath{"a"}, {"rest", "shop"}};
        turn.undelivered.push_back({77, {"gone"}, event, "finished instance", at(i)});
        if (i == 3 || i == count) {
            commit(store(), turn);
            turn.undelivered.clear();
        }
    }
    const auto newest = valueOf(m_reader->undelivered(2));
    QCOMPARE(newest.size(), 2U);
    const RaiseEvent last{
        "Paid", JsonText::trusted("10005"), "e10005", BranchPath{"a"}, {"rest", "shop"}};
    QVERIFY((
        newest.front() == UndeliveredEvent{count, {"gone"}, last, "finished instance", at(count)}));
    QCOMPARE(newest.back().id, count - 1);
    const auto all = valueOf(m_reader->undelivered(20'000));
    QCOMPARE(all.size(), static_cast<std::size_t>(undeliveredLimit));
    QCOMPARE(all.back().id, 6);
}

void StoreContractTest::pagesStayRightWhileInstancesCome()
{
    for (int run = 1; run <= 25; ++run)
        commit(store(), turnOf({started(run, "order-" + std::to_string(run))}));
    Ids seen;
    std::string place;
    int run = 25;
    do {
        const auto page = valueOf(m_reader->list({}, place, 10));
        for (const auto &id : idsOf(page))
            seen.push_back(id);
        place = page.next;
        ++run;
        commit(store(), turnOf({started(run, "order-" + std::to_string(run))}));
    } while (!place.empty());
    Ids expected;
    for (int i = 25; i >= 1; --i)
        expected.push_back("order-" + std::to_string(i));
    QCOMPARE(seen, expected);
    QVERIFY(valueOf(m_reader->list({}, {}, 28)).next.empty());
}

void StoreContractTest::wrongPlacesAndLimitsAreRefused()
{
    for (const char *place : {"x", "-1", "0", "1 ", "99999999999999999999"})
        QCOMPARE(m_reader->list({}, place, 10).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(m_reader->list({}, {}, 0).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(m_reader->history({1}, 1, 0).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(m_reader->undelivered(-1).error().code, ErrorCode::InvalidArgument);
}

void StoreContractTest::filtersShowWhatMatches()
{
    auto a = started(1, "order-1");
    a.summary.waiting = true;
    auto b = started(2, "Order_2%");
    b.summary.standsOn = "ship \"now\"";
    auto c = started(3, "zoo");
    c.summary.flow = {"Animals"};
    auto d = started(4, "order-11");
    commit(store(), turnOf({a, b, c, d, completed(d)}));

    const auto list = [this](const InstanceFilter &filter) { return listed(*m_reader, filter); };
    QCOMPARE(list({}), (Ids{"order-11", "zoo", "Order_2%", "order-1"}));
    QCOMPARE(list({.statuses = {InstanceStatus::Completed}}), Ids{"order-11"});
    QCOMPARE(list({.statuses = {InstanceStatus::Running, InstanceStatus::Completed}}).size(), 4U);
    QCOMPARE(list({.statuses = {InstanceStatus::Failed}}), Ids{});
    QCOMPARE(list({.waiting = true}), Ids{"order-1"});
    QCOMPARE(list({.waiting = false}), (Ids{"order-11", "zoo", "Order_2%"}));
    QCOMPARE(list({.flow = {"Animals"}}), Ids{"zoo"});
    QCOMPARE(list({.flow = {"animals"}}), Ids{});
    QCOMPARE(list({.idPrefix = "order-1"}), (Ids{"order-11", "order-1"}));
    QCOMPARE(list({.idPrefix = "order_"}), Ids{});
    QCOMPARE(list({.idPrefix = "Order_"}), Ids{"Order_2%"});
    QCOMPARE(list({.text = "ANIM"}), Ids{"zoo"});
    QCOMPARE(list({.text = "2%"}), Ids{"Order_2%"});
    QCOMPARE(list({.text = "SHIP \"N"}), Ids{"Order_2%"});
    QCOMPARE(list({.createdFrom = at(3'000)}), (Ids{"order-11", "zoo"}));
    QCOMPARE(list({.createdTo = at(1'000)}), Ids{"order-1"});
    QCOMPARE(list({.createdFrom = at(2'000), .createdTo = at(3'000)}), (Ids{"zoo", "Order_2%"}));
    QCOMPARE(list({.waiting = false, .flow = {"Order"}, .text = "order"}),
        (Ids{"order-11", "Order_2%"}));
}

/// Random instances, random filters, small pages: compared with the filter on plain values.
void StoreContractTest::everyFilterListsWhatTheReferenceLists()
{
    RandomFacts random(5);
    std::vector<InstanceSummary> all;
    Turn turn;
    for (int run = 1; run <= 150; ++run) {
        auto commit = started(run, random.text() + std::to_string(run));
        commit.summary.status = static_cast<InstanceStatus>(random.number(0, 5));
        commit.summary.waiting = random.chance();
        commit.summary.flow = {"Flow" + std::to_string(random.number(1, 3))};
        commit.summary.standsOn = random.text();
        commit.summary.createdAt = at(random.number(0, 100));
        turn.instances.push_back(commit);
        all.insert(all.begin(), commit.summary);
    }
    commit(store(), turn);
    for (int round = 0; round < 300; ++round) {
        InstanceFilter filter;
        while (random.number(0, 3) == 0)
            filter.statuses.push_back(static_cast<InstanceStatus>(random.number(0, 5)));
        if (random.number(0, 3) == 0)
            filter.waiting = random.chance();
        if (random.number(0, 2) == 0)
            filter.flow = {"Flow" + std::to_string(random.number(1, 4))};
        if (random.number(0, 3) == 0)
            filter.idPrefix = random.text();
        if (random.number(0, 3) == 0)
            filter.text = random.text();
        if (random.number(0, 3) == 0)
            filter.createdFrom = at(random.number(0, 100));
        if (random.number(0, 3) == 0)
            filter.createdTo = at(random.number(0, 100));
        std::vector<InstanceSummary> expected;
        std::ranges::copy_if(all, std::back_inserter(expected),
            [&filter](const InstanceSummary &summary) { return matches(filter, summary); });
        std::vector<InstanceSummary> found;
        std::string place;
        do {
            auto page = valueOf(m_reader->list(filter, place, 7));
            QVERIFY(page.instances.size() <= 7);
            found.insert(found.end(), page.instances.begin(), page.instances.end());
            place = page.next;
        } while (!place.empty());
        QVERIFY2(found == expected, qPrintable(QString::number(round)));
    }
}

void StoreContractTest::historiesComeInPages()
{
    auto last = started(1, "order-1", {TimerFired{1}});
    std::vector<HistoryEvent> all = eventsOf(last.row);
    Turn turn = turnOf({last});
    for (int row = 0; row < 20; ++row) {
        last = followed(
            last, std::vector<Fact>(static_cast<std::size_t>(row % 3 + 1), TimerFired{row}));
        turn.instances.push_back(last);
        for (const auto &event : eventsOf(last.row))
            all.push_back(event);
    }
    commit(store(), turn);
    for (const int limit : {1, 2, 3, 7, 1000}) {
        std::vector<HistoryEvent> read;
        Sequence from = 1;
        do {
            const auto page = valueOf(m_reader->history({1}, from, limit));
            QVERIFY(!page.events.empty() && page.events.size() <= static_cast<std::size_t>(limit));
            read.insert(read.end(), page.events.begin(), page.events.end());
            from = page.next;
        } while (from != 0);
        QVERIFY(read == all);
    }
    const auto exact = valueOf(m_reader->history({1}, 1, static_cast<int>(all.size())));
    QCOMPARE(exact.next, 0);
    QVERIFY(valueOf(m_reader->history({1}, 9'999, 5)).events.empty());
    QCOMPARE(valueOf(m_reader->history({1}, 0, 1)).events.front().sequence, 1);
    QCOMPARE(valueOf(m_reader->history({1}, 5, 1)).events.front().sequence, 5);
}

void StoreContractTest::aRunThatContinuesAsNewIsKept()
{
    const auto one = started(1, "a", {WaitOpened{}, TimerCreated{}, EventRaised{"Kept"}});
    const auto other = started(2, "b");
    commit(store(), turnOf({one, other}));
    auto ended = followed(one, {ExecutionContinuedAsNew{}}, InstanceStatus::Completed);
    auto next = started(3, "a", {EventRaised{"Kept"}});
    std::get<ExecutionStarted>(next.row.facts.front()).previous = {1};
    auto last = started(4, "a");
    std::get<ExecutionStarted>(last.row.facts.front()).previous = {3};
    Turn turn = turnOf({ended, next});
    turn.sent = {{1, {{"a"}, {3}, GoOn{}}}};
    commit(store(), turn);

    QVERIFY(valueOf(store().find({"a"})) == next.summary);
    QVERIFY(valueOf(store().history({1})) == std::vector({one.row, ended.row}));
    QVERIFY(valueOf(store().history({3})) == std::vector({next.row}));
    QCOMPARE(valueOf(m_reader->history({1}, 1, 100)).events.size(), std::size_t{5});
    QCOMPARE(valueOf(m_reader->list({}, {}, 10)).instances.size(), std::size_t{2});
    const std::vector<InstanceCounts> expected{{{"Order"}, 0, 2, 0, 0, 0, 0}};
    QVERIFY(valueOf(m_reader->counts()) == expected);
    const Recovered recovered = valueOf(store().recover());
    QVERIFY(recovered.timers.empty() && recovered.inbox == turn.sent);
    QCOMPARE(recovered.lastRun.value, 3);

    // A run that begins and continues in one turn, and is never seen.
    commit(store(),
        turnOf({followed(next, {ExecutionContinuedAsNew{}}, InstanceStatus::Completed), last}));
    QVERIFY(valueOf(store().find({"a"})) == last.summary);
    QVERIFY(valueOf(m_reader->counts()) == expected);
}

void StoreContractTest::countsFollowTheStates()
{
    auto a = started(1, "a");
    a.summary.waiting = true;
    auto b = started(2, "b");
    auto c = started(3, "c");
    c.summary.flow = {"Animals"};
    commit(store(), turnOf({a, b, c}));
    auto next = followed(b, {TimerFired{1}}, InstanceStatus::Suspended);
    commit(store(), turnOf({next}));
    std::vector<InstanceCounts> expected{
        {{"Animals"}, 0, 1, 0, 0, 0, 0}, {{"Order"}, 1, 0, 1, 0, 0, 0}};
    QVERIFY(valueOf(m_reader->counts()) == expected);

    auto pending = followed(next, {TimerFired{1}}, InstanceStatus::Pending);
    auto terminated = followed(c, {ExecutionTerminated{}}, InstanceStatus::Terminated);
    auto failed = followed(a, {ExecutionCompleted{}}, InstanceStatus::Failed);
    commit(store(), turnOf({pending, terminated, failed}));
    expected = {{{"Animals"}, 0, 0, 0, 0, 0, 1}, {{"Order"}, 0, 1, 0, 0, 1, 0}};
    QVERIFY(valueOf(m_reader->counts()) == expected);

    auto moved = started(4, "c");
    moved.replaces = {3};
    commit(store(), turnOf({moved}));
    expected = {{{"Order"}, 0, 2, 0, 0, 1, 0}};
    QVERIFY(valueOf(m_reader->counts()) == expected);
}

void StoreContractTest::whoWaitsUnderAKeyIsFound()
{
    const auto waits = [](const char *key) {
        return WaitOpened{{}, {"w"}, {"Paid", "Other"}, 2, false, {key, ""}};
    };
    const InstanceCommit one = started(1, "order-1", {waits("7")});
    const InstanceCommit two = started(2, "order-2", {waits("7")});
    const InstanceCommit three = started(3, "order-3", {waits("8")});
    commit(store(), turnOf({two, one, three}));
    const auto found = [this](const char *name, const char *key, int limit) {
        std::vector<std::string> ids;
        for (const KeyedWait &wait : valueOf(store().correlation().waiting(name, key, limit)))
            ids.push_back(wait.instance.value);
        return ids;
    };
    QVERIFY(found("paid", "7", 10) == (Ids{"order-1", "order-2"}));
    QVERIFY(found("paid", "7", 1) == Ids{"order-1"});
    QVERIFY(found("paid", "8", 10) == Ids{"order-3"});
    QVERIFY(found("Paid", "7", 10).empty() && found("other", "7", 10).empty());
    const KeyedWait whole = valueOf(store().correlation().waiting("paid", "8", 1)).front();
    QVERIFY(whole == (KeyedWait{{"order-3"}, {3}, 2, three.summary.flow, three.summary.version,
                         three.row.at}));
    commit(store(), turnOf({followed(one, {WaitClosed{2}}), completed(three)}));
    QVERIFY(found("paid", "7", 10) == Ids{"order-2"});
    QVERIFY(found("paid", "8", 10).empty());
    commit(store(), turnOf({followed(two, {EventTaken{2, 2, "paid"}})}));
    QVERIFY(found("paid", "7", 10).empty());
}

void StoreContractTest::correlatedEventsStayUntilTheyAreGone()
{
    const auto event = [](std::int64_t id, const char *key) {
        return CorrelatedEvent{id,
            {"Paid", JsonText::trusted("{\"a\":1}"), "given", "e" + std::to_string(id), {"rest", "me"}},
            {{"event.id", key}, {"event.n", "x"}}, at(1), at(100 * id)};
    };
    commit(store(), Turn{.correlated = {event(1, "7"), event(2, "7"), event(3, "8"), event(4, "8")},
                        .correlatedGone = {4}});
    CorrelationStore &reads = store().correlation();
    QVERIFY(valueOf(reads.kept("paid", {"event.id", "7"}, 10)) == (std::vector<std::int64_t>{1, 2}));
    QVERIFY(valueOf(reads.kept("paid", {"event.id", "7"}, 1)) == std::vector<std::int64_t>{1});
    QVERIFY(valueOf(reads.kept("paid", {"event.n", "7"}, 10)).empty());
    QVERIFY(valueOf(reads.kept("paid", {"event.n", "x"}, 10)).size() == 3);
    QVERIFY(valueOf(reads.event(2)) == event(2, "7"));
    QVERIFY(!valueOf(reads.event(4)));
    QVERIFY(valueOf(m_reader->correlated(2)) == (std::vector{event(1, "7"), event(2, "7")}));
    QVERIFY(valueOf(store().recover()).correlated ==
            (std::vector<CorrelatedDue>{{1, at(100)}, {2, at(200)}, {3, at(300)}}));
    QVERIFY(valueOf(reads.deliverable()).empty());
    commit(store(), turnOf({started(1, "order-1", {WaitOpened{{}, {"w"}, {"Paid"}, 1, false, {"7"}}})}));
    const std::vector<std::pair<std::string, EventKey>> wanted{{"paid", {"event.id", "7"}}};
    QVERIFY(valueOf(reads.deliverable()) == wanted);
    commit(store(), Turn{.correlatedGone = {1, 2}});
    QVERIFY(valueOf(reads.deliverable()).empty());
    QVERIFY(valueOf(reads.kept("paid", {"event.id", "7"}, 10)).empty());
}

void StoreContractTest::theFirstAnswerToACorrelatedEventIsKept()
{
    const CorrelationAnswer first{{"order-1"}, {}, {}, false};
    const CorrelationAnswer other{{}, {"order-2"}, at(5), true};
    commit(store(), Turn{.answeredEvents = {{"paid", "7", "e", first}, {"paid", "8", "e", other}}});
    commit(store(), Turn{.answeredEvents = {{"paid", "7", "e", other}}});
    CorrelationStore &reads = store().correlation();
    QVERIFY(valueOf(reads.answer("paid", "7", "e")) == first);
    QVERIFY(valueOf(reads.answer("paid", "8", "e")) == other);
    QVERIFY(!valueOf(reads.answer("paid", "7", "f")));
}

QTEST_GUILESS_MAIN(StoreContractTest)
#include "store_contract_test.moc"
