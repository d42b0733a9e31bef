#include "engine/activities/activity_registry.h"

#include "engine/activities/builtin/log_activity.h"
#include "engine/base/error.h"

#include <QTest>

using namespace engine;

class ActivityRegistryTest : public QObject
{
    Q_OBJECT

private slots:
    void activitiesAreFoundByTheirNames()
    {
        ActivityRegistry registry;
        registry.add("log", std::make_unique<LogActivity>());
        QVERIFY(registry.find("log"));
        QVERIFY(!registry.find("Log"));
        QCOMPARE(registry.names(), std::vector<std::string>{"log"});
        QVERIFY_EXCEPTION_THROWN(
            registry.add("log", std::make_unique<LogActivity>()), BrokenInvariant);
    }

    void aKeyIsRunAndSequence()
    {
        QCOMPARE(toText(ActivityKey{RunKey{12}, 3}), std::string("12/3"));
    }
};

QTEST_GUILESS_MAIN(ActivityRegistryTest)
#include "activity_registry_test.moc"
