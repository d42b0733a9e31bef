#include "engine/runtime/instance_cache.h"

#include <QTest>

using namespace engine;

namespace {

OwnedState state(const std::string &instance, int length = 1)
{
    auto one = std::make_unique<InstanceState>();
    one->instance = {instance};
    one->length = length;
    return one;
}

} // namespace

class InstanceCacheTest : public QObject
{
    Q_OBJECT

private slots:
    void whatWasPutIsFound();
    void whatIsTakenIsGone();
    void itForgetsWhatWasNotUsedForLongest();
    void itForgetsNothingBeforeItIsTrimmed();
    void thePlaceOfOneThatNeverComesBackIsTrimmed();
};

void InstanceCacheTest::whatWasPutIsFound()
{
    InstanceCache cache(10);
    cache.put(state("a", 1));
    cache.put(state("b", 2));
    cache.put(state("a", 3));
    QCOMPARE(cache.size(), std::size_t(2));
    QVERIFY(cache.find({"a"}) && *cache.find({"a"}) == *state("a", 3));
    QVERIFY(!cache.find({"c"}));
}

void InstanceCacheTest::whatIsTakenIsGone()
{
    InstanceCache cache(10);
    cache.put(state("a"));
    const OwnedState taken = cache.take({"a"});
    QVERIFY(taken && *taken == *state("a"));
    QVERIFY(!cache.find({"a"}));
    QVERIFY(!cache.take({"a"}));
}

void InstanceCacheTest::itForgetsWhatWasNotUsedForLongest()
{
    InstanceCache cache(2);
    cache.put(state("a"));
    cache.put(state("b"));
    cache.put(cache.take({"a"}));
    cache.put(state("c"));
    cache.trim();
    QVERIFY(cache.find({"a"}));
    QVERIFY(!cache.find({"b"}));
    QVERIFY(cache.find({"c"}));
}

void InstanceCacheTest::itForgetsNothingBeforeItIsTrimmed()
{
    InstanceCache cache(0);
    cache.put(state("a"));
    cache.put(state("b"));
    QVERIFY(cache.find({"a"}));
    cache.trim();
    QCOMPARE(cache.size(), std::size_t(0));
}

void InstanceCacheTest::thePlaceOfOneThatNeverComesBackIsTrimmed()
{
    InstanceCache cache(1);
    cache.put(state("a"));
    cache.take({"a"});
    cache.put(state("b"));
    cache.trim();
    QCOMPARE(cache.size(), std::size_t(1));
    QVERIFY(cache.find({"b"}));
    cache.put(state("a"));
    QVERIFY(cache.find({"a"}));
}

QTEST_GUILESS_MAIN(InstanceCacheTest)
#include "instance_cache_test.moc"
