#include "engine/rest/router.h"

#include <QTest>

using namespace engine;

namespace {

using Segments = std::vector<std::string>;

Router instancesRouter(LiteralCase literals)
{
    Router router(literals);
    const auto nothing = [](Exchange &) {};
    router.add("GET", "instances", nothing);
    router.add("POST", "instances", nothing);
    router.add("GET", "instances/{id}", nothing);
    router.add("POST", "instances/{id}/events/{name}", nothing);
    return router;
}

} // namespace

class RouterTest : public QObject
{
    Q_OBJECT

private slots:
    void aRouteGivesItsParameters()
    {
        const auto router = instancesRouter(LiteralCase::Exact);
        const auto match = router.match("POST", {"instances", "7", "events", "a/b"});
        QVERIFY(match.handler);
        QCOMPARE(match.parameters.at("id"), std::string("7"));
        QCOMPARE(match.parameters.at("name"), std::string("a/b"));
    }

    void aWrongVerbNamesTheRightOnes()
    {
        const auto match = instancesRouter(LiteralCase::Exact).match("DELETE", {"instances"});
        QVERIFY(!match.handler);
        QCOMPARE(match.methods, (std::vector<std::string>{"GET", "POST"}));
    }

    void unknownPathsMatchNothing_data()
    {
        QTest::addColumn<Segments>("segments");
        QTest::newRow("root") << Segments{};
        QTest::newRow("other word") << Segments{"instance"};
        QTest::newRow("too long") << Segments{"instances", "7", "events"};
        QTest::newRow("empty parameter") << Segments{"instances", ""};
        QTest::newRow("braces are no wildcard") << Segments{"{id}", "7"};
    }
    void unknownPathsMatchNothing()
    {
        QFETCH(Segments, segments);
        const auto match = instancesRouter(LiteralCase::Exact).match("GET", segments);
        QVERIFY(!match.handler);
        QVERIFY(match.methods.empty());
    }

    void literalsMatchInAnyCaseWhereAsked()
    {
        const Segments segments{"Instances", "Id"};
        QVERIFY(!instancesRouter(LiteralCase::Exact).match("GET", segments).handler);
        const auto match = instancesRouter(LiteralCase::Any).match("GET", segments);
        QCOMPARE(match.parameters.at("id"), std::string("Id"));
    }

    void verbsAreCaseSensitive()
    {
        QVERIFY(!instancesRouter(LiteralCase::Any).match("get", {"instances"}).handler);
    }
};

QTEST_GUILESS_MAIN(RouterTest)
#include "router_test.moc"
