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

    void newKeysHave256BitsAndDiffer()
    {
        QCOMPARE(newAccessKey().size(), 64u);
        QVERIFY(newAccessKey() != newAccessKey());
    }
};

QTEST_GUILESS_MAIN(AccessTest)
#include "access_test.moc"
