#include "engine/rest/access.h"

#include <QTest>

using namespace engine;

namespace {

constexpr std::uint16_t port = 7071;

Access access()
{
    return Access({.key = "secret", .keyLabel = "default", .hosts = {"box.lan"}, .port = port});
}

RestRequest requestWith(std::string target, RestHeaders headers = {})
{
    return {.method = "GET",
        .target = std::move(target),
        .host = "127.0.0.1:7071",
        .headers = std::move(headers)};
}

} // namespace

class AccessTest : public QObject
{
    Q_OBJECT

private slots:
    void theKeyIsTakenFromThreePlaces_data()
    {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<bool>("granted");
        const auto row = [](const char *title, const char *target, const char *name,
                             const char *value, bool granted) {
            QTest::newRow(title) << std::string(target) << std::string(name) << std::string(value)
                                 << granted;
        };
        row("code", "/x?code=secret", "X", "", true);
        row("code, other case and place", "/x?a=1&CODE=secret", "X", "", true);
        row("functions key", "/x", "X-Functions-Key", "secret", true);
        row("bearer", "/x", "authorization", "bearer  secret", true);
        row("nothing", "/x", "X", "", false);
        row("empty code", "/x?code=", "X", "", false);
        row("wrong code", "/x?code=secreT", "X", "", false);
        row("longer", "/x?code=secret1", "X", "", false);
        row("prefix", "/x?code=secre", "X", "", false);
        row("twice", "/x?code=secret&code=secret", "X", "", false);
        row("wrong code, right header", "/x?code=no", "x-functions-key", "secret", false);
        row("basic", "/x", "Authorization", "Basic secret", false);
        row("bearer alone", "/x", "Authorization", "Bearer ", false);
    }
    void theKeyIsTakenFromThreePlaces()
    {
        QFETCH(std::string, target);
        QFETCH(std::string, name);
        QFETCH(std::string, value);
        QFETCH(bool, granted);
        auto request = requestWith(target, {{name, value}});
        const auto denial = access().checkKey(request);
        QCOMPARE(!denial.has_value(), granted);
        QCOMPARE(request.caller, std::string(granted ? "default" : ""));
        QCOMPARE(request.key, std::string(granted ? "secret" : ""));
        if (denial)
            QCOMPARE(denial->status, 401);
    }

    void withoutAKeyNobodyComesIn()
    {
        const Access closed{AccessRules{}};
        auto request = requestWith("/x?code=");
        QVERIFY(closed.checkKey(request).has_value());
        request = requestWith("/x?code=a");
        QVERIFY(closed.checkKey(request).has_value());
    }

    void aKeyGluedToThePathIsExplained()
    {
        auto request = requestWith("/orchestrators/Order&code=secret");
        QVERIFY(access().checkKey(request)->detail.find("?code=KEY") != std::string::npos);
    }

    void onlyLoopbackNamesAndConfiguredOnesAreOurs_data()
    {
        QTest::addColumn<std::string>("host");
        QTest::addColumn<bool>("ours");
        const auto row = [](const char *host, bool ours) {
            QTest::newRow(host) << std::string(host) << ours;
        };
        row("127.0.0.1:7071", true);
        row("127.0.0.1", true);
        row("localhost:7071", true);
        row("LOCALHOST", true);
        row("localhost:8080", true); // a forwarded port
        row("[::1]:7071", true);
        row("[::1]", true);
        row("box.lan:80", true);
        row("Box.LAN", true);
        row("", false);
        row(":7071", false);
        row("evil.example:7071", false);
        row("127.0.0.1.evil.example", false);
        row("localhost.evil.example:7071", false);
        row("localhost:7071@evil.example", false);
        row("127.0.0.2", false);
        row("[::1", false);
        row("[::1]evil", false);
        row("::1", false);
        row("0.0.0.0:7071", false);
        row("localhost:70710000", false);
    }
    void onlyLoopbackNamesAndConfiguredOnesAreOurs()
    {
        QFETCH(std::string, host);
        QFETCH(bool, ours);
        auto request = requestWith("/x");
        request.host = host;
        const auto denial = access().checkOrigin(request);
        QCOMPARE(!denial.has_value(), ours);
        if (denial)
            QCOMPARE(denial->status, 403);
    }

    void pagesOfOtherOriginsAreRefused_data()
    {
        QTest::addColumn<std::string>("origin");
        QTest::addColumn<bool>("ours");
        const auto row = [](const char *origin, bool ours) {
            QTest::newRow(origin) << std::string(origin) << ours;
        };
        row("http://127.0.0.1:7071", true);
        row("http://localhost:7071", true);
        row("http://[::1]:7071", true);
        row("http://localhost:3000", false);
        row("http://localhost", false);
        row("https://localhost:7071", false);
        row("http://evil.example:7071", false);
        row("http://evil.example/?http://localhost:7071", false);
        row("null", false);
        row("", false);
    }
    void pagesOfOtherOriginsAreRefused()
    {
        QFETCH(std::string, origin);
        QFETCH(bool, ours);
        const auto denial = access().checkOrigin(requestWith("/x", {{"Origin", origin}}));
        QCOMPARE(!denial.has_value(), ours);
    }

    void aSecondOriginIsCheckedToo()
    {
        QVERIFY(access().checkOrigin(requestWith(
            "/x", {{"Origin", "http://localhost:7071"}, {"origin", "http://evil.example"}})));
    }

    void aCallbackRaisesEventsOfItsInstanceAndDoesNothingElse_data()
    {
        QTest::addColumn<std::string>("method");
        QTest::addColumn<std::string>("target");
        QTest::addColumn<bool>("granted");
        const auto row = [](const char *title, const char *method, const std::string &target,
                             bool granted) {
            QTest::newRow(title) << std::string(method) << target << granted;
        };
        const std::string code = callbackCode("secret", "order 1");
        row("right", "POST", "/api/v1/callbacks/order%201/" + code + "/Paid", true);
        row("any event", "POST", "/api/v1/callbacks/order%201/" + code + "/Refused", true);
        row("another instance", "POST", "/api/v1/callbacks/order%202/" + code + "/Paid", false);
        row("half a code", "POST",
            "/api/v1/callbacks/order%201/" + code.substr(0, 20) + "/Paid", false);
        row("of another key", "POST",
            "/api/v1/callbacks/order%201/" + callbackCode("other", "order 1") + "/Paid", false);
        row("reading", "GET", "/api/v1/callbacks/order%201/" + code + "/Paid", false);
        row("without an event", "POST", "/api/v1/callbacks/order%201/" + code, false);
        row("further down", "POST", "/api/v1/callbacks/order%201/" + code + "/Paid/x", false);
        row("another route", "POST", "/api/v1/instances/order%201/" + code + "/Paid", false);
        row("terminating", "POST", "/api/v1/instances/order%201/terminate?code=" + code, false);
        row("climbing", "POST",
            "/api/v1/callbacks/order%201/" + code + "/../../../instances/x/terminate", false);
    }
    void aCallbackRaisesEventsOfItsInstanceAndDoesNothingElse()
    {
        QFETCH(std::string, method);
        QFETCH(std::string, target);
        QFETCH(bool, granted);
        auto request = requestWith(target);
        request.method = method;
        QVERIFY(access().checkKey(request).has_value());
        QCOMPARE(access().checkCallback(request), granted);
        QCOMPARE(request.caller, std::string(granted ? "callback" : ""));
    }

    void withoutAKeyThereIsNoCallback()
    {
        auto request = requestWith("/api/v1/callbacks/o/" + callbackCode("", "o") + "/Paid");
        request.method = "POST";
        QVERIFY(!Access({.key = "", .port = port}).checkCallback(request));
    }

    void newKeysHave256BitsAndDiffer()
    {
        QCOMPARE(newAccessKey().size(), 64u);
        QVERIFY(newAccessKey() != newAccessKey());
    }
};

QTEST_GUILESS_MAIN(AccessTest)
#include "access_test.moc"
