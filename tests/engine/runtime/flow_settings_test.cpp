#include "tests/support/engine_world.h"

#include <QTest>

using namespace engine;
using namespace tests;

namespace {

std::string calling(const std::string &url)
{
    std::string text = R"({"signalbox": 1, "name": "Calling", "start": "call", "steps": {
        "call": {"kind": "activity", "activity": "http", "with": {"url": "URL"}, "next": "done"},
        "done": {"kind": "end"}}})";
    return text.replace(text.find("URL"), 3, url);
}

const Source operatorOfTheShop{"rest", "shop"};

std::vector<AuditEntry> auditOf(EngineWorld &world, const std::string &operation)
{
    auto entries = MemoryReader(world.memory).audit({}, {}, 1000)->entries;
    std::erase_if(entries, [&](const AuditEntry &entry) { return entry.operation != operation; });
    return entries;
}

} // namespace

/// What operators grant to flows, and versions that they remove (semantics 5.6).
class FlowSettingsTest : public QObject
{
    Q_OBJECT

    static Result<Accepted> set(EngineWorld &world, const char *flow, int version, bool allows)
    {
        return world.send({{}, {}, SetGrant{{flow}, version, allows, "because", operatorOfTheShop}});
    }
    static Result<Accepted> remove(EngineWorld &world, const char *flow, int version)
    {
        return world.send({{}, {}, RemoveFlowVersion{{flow}, version, "because", operatorOfTheShop}});
    }

private slots:
    void aGrantIsForWhatOneVersionAsksFor()
    {
        EngineWorld world;
        QVERIFY(world.deploy(calling("http://one/")) && world.deploy(calling("http://two/")));
        QCOMPARE(world.send(startOf("a", "Calling")).error().code, ErrorCode::NotAllowed);
        QVERIFY(set(world, "Calling", 1, true));
        QCOMPARE(world.send(startOf("a", "Calling")).error().code, ErrorCode::NotAllowed);
        QVERIFY(set(world, "Calling", 0, true)); // the newest
        QVERIFY(world.send(startOf("a", "Calling")));
        QVERIFY(set(world, "Calling", 0, true)); // again: nothing more to say
        QCOMPARE(auditOf(world, "grant").size(), std::size_t(2));
        const AuditEntry entry = auditOf(world, "grant").front();
        QVERIFY(entry.source == operatorOfTheShop && entry.reason == "because" && entry.about == "version/2");
        QCOMPARE(MemoryReader(world.memory).grants()->size(), std::size_t(2));
        QVERIFY(world.restart());
        QVERIFY(world.send(startOf("b", "Calling")));
        QCOMPARE(set(world, "Calling", 3, true).error().code, ErrorCode::NotFound);
        QCOMPARE(set(world, "Nothing", 0, true).error().code, ErrorCode::NotFound);
    }

    void whatIsTakenBackHoldsFromThenOnAndAfterARestart()
    {
        EngineWorld world;
        QVERIFY(world.deploy(calling("http://one/"), true));
        QVERIFY(world.send(startOf("a", "Calling")));
        QVERIFY(set(world, "Calling", 0, false));
        QCOMPARE(world.send(startOf("b", "Calling")).error().code, ErrorCode::NotAllowed);
        QVERIFY(MemoryReader(world.memory).grants()->empty());
        QVERIFY(world.restart());
        QCOMPARE(world.send(startOf("b", "Calling")).error().code, ErrorCode::NotAllowed);
        QCOMPARE(set(world, "Calling", 0, false).error().code, ErrorCode::NotFound);
        QCOMPARE(auditOf(world, "revokeGrant").size(), std::size_t(1));
        // Both in one turn: the last one counts.
        world.submit({{}, {}, SetGrant{{"Calling"}, 0, true, {}, {}}});
        world.submit({{}, {}, SetGrant{{"Calling"}, 0, false, {}, {}}});
        QVERIFY(world.settle() && MemoryReader(world.memory).grants()->empty());
        world.submit({{}, {}, SetGrant{{"Calling"}, 0, true, {}, {}}});
        QVERIFY(world.settle() && world.send(startOf("b", "Calling")));
    }

    void onlyAVersionThatNobodyIsOfGoes()
    {
        EngineWorld world;
        world.limits.allowed = {"all"};
        QVERIFY(world.restart());
        QVERIFY(world.deploy(calling("http://one/")) && world.deploy(calling("http://two/")));
        QVERIFY(world.send(startOf("a", "Calling")));
        const auto refused = remove(world, "Calling", 2);
        QCOMPARE(refused.error().code, ErrorCode::WrongState);
        QVERIFY(refused.error().message.starts_with("1 instance is of version 2 of flow 'Calling'"));
        QVERIFY(world.send(terminationOf("a", "enough")));
        QVERIFY(remove(world, "Calling", 2).error().message.starts_with("1 instance")); // finished ones count
        QVERIFY(world.send({{"a"}, {}, PurgeInstance{}}));
        QVERIFY(remove(world, "Calling", 2));
        QCOMPARE(remove(world, "Calling", 2).error().code, ErrorCode::NotFound);
        QCOMPARE(remove(world, "Nothing", 1).error().code, ErrorCode::NotFound);
        QCOMPARE(MemoryReader(world.memory).flows()->size(), std::size_t(1));
        QCOMPARE(auditOf(world, "removeVersion").size(), std::size_t(1));
    }

    void oneThatBeginsInTheSameTurnCounts()
    {
        EngineWorld world;
        world.limits.allowed = {"all"};
        QVERIFY(world.restart());
        QVERIFY(world.deploy(calling("http://one/")));
        world.submit(startOf("a", "Calling"));
        const auto asked = world.submit({{}, {}, RemoveFlowVersion{{"Calling"}, 1, {}, {}}});
        QVERIFY(world.settle());
        QVERIFY(world.answers.at(asked) && !*world.answers.at(asked));
        QCOMPARE(world.summary("a").status, InstanceStatus::Running);
    }

    void aNumberIsNeverGivenAgain()
    {
        EngineWorld world;
        world.limits.allowed = {"all"};
        QVERIFY(world.restart());
        QVERIFY(world.deploy(calling("http://one/")) && world.deploy(calling("http://two/")));
        QVERIFY(remove(world, "Calling", 2));
        QVERIFY(world.send(startOf("a", "Calling")));
        QCOMPARE(world.summary("a").version, 1); // the newest that there is
        QCOMPARE(world.deploy(calling("http://one/"))->version, 1);
        for (const bool restarts : {false, true}) {
            if (restarts)
                QVERIFY(world.restart());
            const int version = world.deploy(calling(restarts ? "http://four/" : "http://two/"))->version;
            QCOMPARE(version, restarts ? 4 : 3);
            QVERIFY(remove(world, "Calling", version));
        }
        QVERIFY(world.restart());
        QCOMPARE(world.deploy(calling("http://five/"))->version, 5);
    }

    void whatIsDoneElsewhereIsNoted()
    {
        EngineWorld world;
        QVERIFY(world.send({{}, {}, NoteOperation{"setSecret", "secret/S", JsonText::trusted("1"), "because",
                                        operatorOfTheShop}}));
        const auto entry = auditOf(world, "setSecret").at(0);
        QVERIFY(entry.about == "secret/S" && entry.after.text() == "1" && entry.source == operatorOfTheShop);
    }
};

QTEST_GUILESS_MAIN(FlowSettingsTest)
#include "flow_settings_test.moc"
