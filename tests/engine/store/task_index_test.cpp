#include "tests/support/commits.h"
#include "tests/support/store_bench.h"

#include <QTest>

using namespace engine;
using namespace tests;

Q_DECLARE_METATYPE(MakeBench)

/// Open tasks as every store lists them (semantics 6, 11.6).
class TaskIndexTest : public QObject
{
    Q_OBJECT

private slots:
    void itShowsWhatIsOpen_data() { addBenches(); }
    void itShowsWhatIsOpen();
    void whatHappensToATaskShows_data() { addBenches(); }
    void whatHappensToATaskShows();
    void tasksComeByWhenTheyAreDue_data() { addBenches(); }
    void tasksComeByWhenTheyAreDue();
    void filtersNarrowItDown_data() { addBenches(); }
    void filtersNarrowItDown();
    void placesAreOpaqueAndChecked_data() { addBenches(); }
    void placesAreOpaqueAndChecked();
    void theEndOfARunTakesItsTasks_data() { addBenches(); }
    void theEndOfARunTakesItsTasks();
    void aPurgedRunBelongsToNobody_data() { addBenches(); }
    void aPurgedRunBelongsToNobody();

private:
    void addBenches()
    {
        QTest::addColumn<MakeBench>("make");
        for (const auto &[name, make] : benches())
            QTest::newRow(name) << make;
    }
};

namespace {

const Source somebody{"rest", "test"};

void commit(StoreBench &bench, std::vector<InstanceCommit> instances)
{
    if (const auto done = bench.store().commit(turnOf(std::move(instances))); !done)
        qFatal("%s", done.error().message.c_str());
}

TaskOpened task(std::vector<std::string> assignees)
{
    return {{}, {"ask"}, "Approval", "Expense", "120 EUR", std::move(assignees)};
}

TimerCreated due(std::int64_t when, Sequence about)
{
    return {{}, {"ask"}, TimerPurpose::Due, at(when), about};
}

TaskPage page(StoreBench &bench, const TaskFilter &filter = {}, const std::string &after = {},
    int limit = 100)
{
    return valueOf(bench.reader()->tasks(filter, after, limit));
}

TaskSummary only(StoreBench &bench)
{
    const TaskPage found = page(bench);
    if (found.tasks.size() != 1)
        qFatal("there are %d tasks", int(found.tasks.size()));
    return found.tasks.front();
}

std::vector<std::string> instancesIn(const TaskPage &found)
{
    std::vector<std::string> names;
    for (const TaskSummary &one : found.tasks)
        names.push_back(one.instance.value);
    return names;
}

} // namespace

void TaskIndexTest::itShowsWhatIsOpen()
{
    QFETCH(MakeBench, make);
    const auto bench = make();
    auto one = started(7, "order-7", {task({"ann", "bob"}), due(9'000, 2)});
    commit(*bench, {one});
    const TaskSummary expected{.id = {{7}, 2},
        .instance = {"order-7"},
        .flow = one.summary.flow,
        .version = one.summary.version,
        .step = {"ask"},
        .title = "Expense",
        .assignees = {"ann", "bob"},
        .openedAt = one.row.at,
        .dueAt = at(9'000)};
    QVERIFY(only(*bench) == expected);
    QCOMPARE(page(*bench).open, std::int64_t{1});
    commit(*bench, {followed(one, {TaskClosed{2, TaskEnd::Due, {}}})});
    QVERIFY(page(*bench).tasks.empty());
    QCOMPARE(page(*bench).open, std::int64_t{0});
}

void TaskIndexTest::whatHappensToATaskShows()
{
    QFETCH(MakeBench, make);
    const auto bench = make();
    auto row = started(1, "a", {task({"ann"})});
    commit(*bench, {row});
    const auto then = [&](std::vector<Fact> facts) {
        row = followed(row, std::move(facts));
        commit(*bench, {row});
        return only(*bench);
    };
    QCOMPARE(then({TaskClaimed{2, "ann", somebody}}).claimedBy, std::string("ann"));
    QCOMPARE(then({TaskCommented{2, "ann", "which?", true, somebody}}).askedBy, std::string("ann"));
    QCOMPARE(then({TaskCommented{2, "bob", "this", false, somebody}}).askedBy, std::string());
    const TaskSummary given = then({TaskReassigned{2, {"bob", "cid"}, {}, somebody}});
    QVERIFY(given.claimedBy.empty() && given.assignees == (std::vector<std::string>{"bob", "cid"}));
    QVERIFY(then({TaskEscalated{2, 1, {"boss"}}}).assignees == std::vector<std::string>{"boss"});
    QVERIFY(then({due(5'000, 2)}).dueAt == at(5'000));
    const TaskSummary answered =
        then({EventRaised{"Approval", {}, {}, {}, somebody}, TaskAnswered{2, 9, "boss", "approve"}});
    QCOMPARE(answered.answers, 1);
    QVERIFY(answered.dueAt == at(5'000));
}

void TaskIndexTest::tasksComeByWhenTheyAreDue()
{
    QFETCH(MakeBench, make);
    const auto bench = make();
    commit(*bench,
        {started(1, "never", {task({})}), started(2, "late", {task({}), due(9'000, 2)}),
            started(3, "soon", {task({}), due(100, 2)}), started(4, "never too", {task({})}),
            started(5, "late too", {task({}), due(9'000, 2)})});
    std::vector<std::string> seen;
    std::string after;
    do {
        const TaskPage found = page(*bench, {}, after, 2);
        QVERIFY(found.tasks.size() <= 2);
        for (std::string &name : instancesIn(found))
            seen.push_back(std::move(name));
        after = found.next;
    } while (!after.empty());
    QVERIFY(seen == (std::vector<std::string>{"soon", "late", "late too", "never", "never too"}));
}

void TaskIndexTest::filtersNarrowItDown()
{
    QFETCH(MakeBench, make);
    const auto bench = make();
    commit(*bench, {started(1, "a", {task({"ann", "bob"})}),
                       started(2, "b", {task({"bob"}), due(500, 2)}), started(3, "c", {task({})})});
    using Names = std::vector<std::string>;
    QVERIFY(instancesIn(page(*bench, {.assignee = "BOB"})) == (Names{"b", "a"}));
    QVERIFY(instancesIn(page(*bench, {.assignee = "zoe"})).empty());
    QVERIFY(instancesIn(page(*bench, {.instance = {"c"}})) == Names{"c"});
    QVERIFY(instancesIn(page(*bench, {.flow = {"Other"}})).empty());
    QVERIFY(instancesIn(page(*bench, {.dueBefore = at(501)})) == Names{"b"});
    QVERIFY(instancesIn(page(*bench, {.dueBefore = at(500)})).empty());
    QCOMPARE(page(*bench, {.assignee = "zoe"}).open, std::int64_t{3});
}

void TaskIndexTest::placesAreOpaqueAndChecked()
{
    QFETCH(MakeBench, make);
    const auto bench = make();
    for (const char *wrong : {"x", "1", "1.", ".1-2", "1.1", "1.1-x", "x.1-2", "1.0-2"}) {
        const auto refused = bench->reader()->tasks({}, wrong, 10);
        QVERIFY2(!refused && refused.error().code == ErrorCode::InvalidArgument, wrong);
    }
    QVERIFY(!bench->reader()->tasks({}, {}, 0));
}

void TaskIndexTest::theEndOfARunTakesItsTasks()
{
    QFETCH(MakeBench, make);
    const auto bench = make();
    const auto one = started(1, "a", {task({})});
    commit(*bench, {one, started(2, "b", {task({})})});
    commit(*bench, {completed(one)});
    QVERIFY(instancesIn(page(*bench)) == std::vector<std::string>{"b"});
}

void TaskIndexTest::aPurgedRunBelongsToNobody()
{
    QFETCH(MakeBench, make);
    const auto bench = make();
    const auto one = completed(started(1, "a", {task({})}));
    commit(*bench, {started(1, "a", {task({})}), one});
    QCOMPARE(valueOf(bench->reader()->ownerOf({1}))->instance.value, std::string("a"));
    auto next = started(2, "a");
    next.replaces = {1};
    commit(*bench, {next});
    QVERIFY(!valueOf(bench->reader()->ownerOf({1})));
    QVERIFY(valueOf(bench->reader()->ownerOf({2})));
}

QTEST_GUILESS_MAIN(TaskIndexTest)
#include "task_index_test.moc"
