#include "tests/engine/store/store_contract.h"

using namespace engine;
using namespace tests;

/// Event ids, events that find their instance by a key, and the webhooks that raise them.
class StoreContractEventsTest : public StoreContract
{
    Q_OBJECT

private slots:
    void init() { open(); }

    void whoWaitsUnderAKeyIsFound_data() { stores(); }
    void whoWaitsUnderAKeyIsFound();
    void aVersionIsLiveAsLongAsOneOfItsInstances_data() { stores(); }
    void aVersionIsLiveAsLongAsOneOfItsInstances();
    void correlatedEventsStayUntilTheyAreGone_data() { stores(); }
    void correlatedEventsStayUntilTheyAreGone();
    void theFirstAnswerToACorrelatedEventIsKept_data() { stores(); }
    void theFirstAnswerToACorrelatedEventIsKept();
    void webhooksAreSetReplacedAndTakenAway_data() { stores(); }
    void webhooksAreSetReplacedAndTakenAway();
    void aWebhookOutlivesAStop_data() { stores(); }
    void aWebhookOutlivesAStop();
    void anEventIdIsKnownAsLongAsItsInstance_data() { stores(); }
    void anEventIdIsKnownAsLongAsItsInstance();
};

void StoreContractEventsTest::whoWaitsUnderAKeyIsFound()
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

void StoreContractEventsTest::aVersionIsLiveAsLongAsOneOfItsInstances()
{
    const auto live = [this] {
        std::set<int> versions;
        for (const int version : {1, 2, 3}) {
            if (valueOf(store().correlation().isLive({"Order"}, version)))
                versions.insert(version);
        }
        return versions;
    };
    const auto of = [](InstanceCommit commit, int version, bool waiting) {
        commit.summary.version = version;
        commit.summary.waiting = waiting;
        return commit;
    };
    QVERIFY(live().empty());
    InstanceCommit one = of(started(1, "a"), 1, true);
    InstanceCommit two = of(started(2, "b"), 2, false);
    InstanceCommit other = of(started(3, "c"), 3, true);
    other.summary.flow = {"Other"};
    commit(store(), turnOf({one, two, other}));
    QVERIFY(live() == (std::set{1, 2}));
    one = of(followed(one, {TimerFired{1}}, InstanceStatus::Suspended), 1, true);
    two = of(followed(two, {ExecutionCompleted{}}, InstanceStatus::Failed), 2, false);
    commit(store(), turnOf({one, two}));
    QVERIFY(live() == std::set{1});
    InstanceCommit again = of(started(4, "a"), 3, false); // as a new run, of another version
    again.replaces = {1};
    two = of(followed(two, {TimerFired{1}}, InstanceStatus::Running), 2, false);
    commit(store(), turnOf({of(followed(one, {ExecutionTerminated{}}, InstanceStatus::Terminated),
                       1, false),
        again, two}));
    QVERIFY(live() == (std::set{2, 3}));
    Turn purge = turnOf({of(followed(two, {ExecutionCompleted{}}, InstanceStatus::Failed), 2, false)});
    purge.purged = {{2}};
    commit(store(), purge);
    QVERIFY(live() == std::set{3});
}

void StoreContractEventsTest::correlatedEventsStayUntilTheyAreGone()
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
    QVERIFY(valueOf(reader().correlated(2)) == (std::vector{event(1, "7"), event(2, "7")}));
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

void StoreContractEventsTest::theFirstAnswerToACorrelatedEventIsKept()
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

void StoreContractEventsTest::webhooksAreSetReplacedAndTakenAway()
{
    const StoredWebhook stripe{"stripe", at(2), R"({"path":"stripe","secret":"Zürich 1.10"})"};
    const StoredWebhook github{"github/{repo}", at(1), "{ }"};
    QVERIFY(valueOf(reader().webhooks()).empty());
    commit(store(), Turn{.webhooks = {stripe, github}});
    QVERIFY(valueOf(reader().webhooks()) == (std::vector{github, stripe})); // by path

    const StoredWebhook changed{"stripe", at(3), "{\"new\":true}"};
    commit(store(), Turn{.webhooks = {changed}});
    QVERIFY(valueOf(reader().webhooks()) == (std::vector{github, changed}));

    commit(store(), Turn{.webhooks = {{"github/{repo}", at(4), {}}, {"nobody", at(4), {}}}});
    QVERIFY(valueOf(reader().webhooks()) == std::vector{changed});

    // Within a turn the last word counts.
    commit(store(), Turn{.webhooks = {{"stripe", at(5), {}}, stripe, github, {"github/{repo}", at(5), {}}}});
    QVERIFY(valueOf(reader().webhooks()) == std::vector{stripe});
}

void StoreContractEventsTest::aWebhookOutlivesAStop()
{
    const StoredWebhook stripe{"stripe", at(2), "{\"secret\":\"S\"}"};
    const StoredWebhook gone{"gone", at(1), "{}"};
    commit(store(), Turn{.webhooks = {stripe, gone}});
    reopen();
    QVERIFY(valueOf(reader().webhooks()) == (std::vector{gone, stripe}));
    commit(store(), Turn{.webhooks = {{"gone", at(3), {}}}});
    reopen();
    QVERIFY(valueOf(reader().webhooks()) == std::vector{stripe});
}

void StoreContractEventsTest::anEventIdIsKnownAsLongAsItsInstance()
{
    const auto event = [](const char *name, const char *id) {
        return EventRaised{name, {}, id, {}, {}};
    };
    const auto by = [&](const char *instance, const char *name, const char *id) {
        return valueOf(store().acceptedBy({instance}, name, id));
    };
    auto one = started(1, "a", {event("Paid", "e"), EventIgnored{"Bad", "i", {}, {}}});
    commit(store(), turnOf({one, started(2, "b", {event("Paid", "f")})}));
    QVERIFY(by("a", "paid", "e") == RunKey{1});
    QVERIFY(by("a", "bad", "i") == RunKey{1});
    QVERIFY(by("b", "paid", "f") == RunKey{2});
    for (const auto &[instance, name, id] : {std::tuple("b", "paid", "e"), {"a", "paid", "f"},
             {"a", "packed", "e"}, {"a", "", "e"}, {"", "paid", "e"}})
        QVERIFY(!by(instance, name, id));
    // It continues as new; the next run has an event of its own, and ends.
    auto next = started(3, "a", {event("Paid", "g"), event("Paid", "e")});
    std::get<ExecutionStarted>(next.row.facts.front()).previous = {1};
    const auto last = followed(next, {event("Last", "l")});
    commit(store(), turnOf({followed(one, {ExecutionContinuedAsNew{}}, InstanceStatus::Completed),
                        next, last, completed(last)}));
    QVERIFY(by("a", "paid", "e") == RunKey{1});
    QVERIFY(by("a", "paid", "g") == RunKey{3});
    QVERIFY(by("a", "last", "l") == RunKey{3});
    // Another run takes the place of all that.
    auto other = started(4, "a", {event("Paid", "n")});
    other.replaces = {3};
    commit(store(), turnOf({other}));
    QVERIFY(!by("a", "paid", "e") && !by("a", "paid", "g") && !by("a", "last", "l"));
    QVERIFY(by("a", "paid", "n") == RunKey{4});
    Turn purge = turnOf({started(5, "c", {event("Paid", "n")})});
    purge.purged = {{4}};
    commit(store(), purge);
    QVERIFY(!by("a", "paid", "n"));
    QVERIFY(by("b", "paid", "f") == RunKey{2});
    QVERIFY(by("c", "paid", "n") == RunKey{5});
}

QTEST_GUILESS_MAIN(StoreContractEventsTest)
#include "store_contract_events_test.moc"
