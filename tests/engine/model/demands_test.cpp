#include "engine/model/demands.h"

#include <QTest>

#include <algorithm>

using namespace engine;

namespace {

/// ' stands for ".
Step work(const char *activity, std::string with)
{
    std::ranges::replace(with, '\'', '"');
    return {.id = {"s"}, .body = ActivityStep{activity, templateFrom(JsonText::trusted(with))}};
}

Demands demands(const char *activity, const char *with)
{
    return demandsOf({.steps = {work(activity, with)}});
}

} // namespace

class DemandsTest : public QObject
{
    Q_OBJECT

private slots:
    void nameTheConstantTarget()
    {
        QVERIFY(demands("http", "{'url':'http://127.0.0.1:8099/pay'}") ==
                Demands{"http 127.0.0.1:8099"});
        QVERIFY(demands("http", "{'url':'https://me:pw@Shop.Example?x=/'}") ==
                Demands{"http shop.example"});
        QVERIFY(demands("process", "{'command':['git','=input.x']}") == Demands{"process git"});
        QVERIFY(demands("file", "{'path':'/var/log/x.txt'}") == Demands{"file /var/log"});
        QVERIFY(demands("file", "{'path':'x.txt'}") == Demands{"file ."});
        QVERIFY(demands("sql", "{'connection':'books'}") == Demands{"sql books"});
        QVERIFY(demands("mail", "{'to':'a@b'}") == Demands{"mail"});
        QVERIFY(demands("mail", "{'to':'a@b','connection':'office'}") == Demands{"mail office"});
        QVERIFY(demands("mail", "{'to':'a@b','connection':'=input'}") == Demands{"mail *"});
    }

    void nameTheTargetThatATemplateBeginsWith()
    {
        QVERIFY(demands("http", "{'url':'=`https://Shop.example/orders/${input.id}`'}") ==
                Demands{"http shop.example"});
        QVERIFY(
            demands("file", "{'path':'=`/srv/out/${input.id}.json`'}") == Demands{"file /srv/out"});
        QVERIFY(demands("file", "{'path':'=`out/${input.id}/x.json`'}") == Demands{"file out"});
    }

    void askForAnythingWhereTheTargetIsNotKnown()
    {
        QVERIFY(demands("http", "{'url':'=`https://shop${input.x}/`'}") == Demands{"http *"});
        QVERIFY(demands("http", "{'url':'=`https://shop`+input.x'}") == Demands{"http *"});
        QVERIFY(demands("file", "{'path':'=`${input.x}`'}") == Demands{"file *"});
        QVERIFY(demands("file", "{'path':'=`x`+input.x'}") == Demands{"file *"});
        QVERIFY(demands("http", "{'url':'=`${input.shop}/x`'}") == Demands{"http *"});
        QVERIFY(demands("http", "'=input.request'") == Demands{"http *"});
        QVERIFY(demands("http", "{'url':'nowhere'}") == Demands{"http *"});
        QVERIFY(demands("http", "{'url':'https://${secret:HOST}/'}") == Demands{"http *"});
        QVERIFY(demands("process", "{'command':'=input.command'}") == Demands{"process *"});
        QVERIFY(demands("process", "{'command':[]}") == Demands{"process *"});
        QVERIFY(demands("sql", "null") == Demands{"sql *"});
        QVERIFY(demands("file", "{'path':'=input.path'}") == Demands{"file *"});
    }

    void askNothingForWorkInside()
    {
        QVERIFY(demands("log", "{'message':'x'}").empty());
        QVERIFY(demands("script", "{'code':'1'}").empty());
        QVERIFY(demandsOf({.steps = {{.body = EndStep{}}}}).empty());
    }

    void includeEventsThatAreEmitted()
    {
        const EmitStep sent{.url = templateFrom(JsonText::ofString("http://a/"))};
        QVERIFY(demandsOf({.steps = {{.body = sent}}}) == Demands{"emit a"});
    }

    void haveAFingerprintThatKnowsNoOrder()
    {
        const Step one = work("http", "{'url':'http://a/'}");
        const Step other = work("mail", "{}");
        const Demands all = demandsOf({.steps = {one, other, one}});
        QCOMPARE(fingerprint(all), std::string("http a\nmail\n"));
        QCOMPARE(fingerprint(demandsOf({.steps = {other, one}})), fingerprint(all));
        QCOMPARE(demandKind("http a"), std::string_view("http"));
        QCOMPARE(demandKind("mail"), std::string_view("mail"));
    }
};

QTEST_GUILESS_MAIN(DemandsTest)
#include "demands_test.moc"
