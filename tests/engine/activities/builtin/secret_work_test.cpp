#include "engine/activities/builtin/secret_work.h"

#include "tests/support/net_place.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <vector>

using namespace engine;
using nlohmann::json;
using tests::failureOf;
using tests::valueOf;

namespace {

/// Gives its input back, and keeps it.
class Echo final : public Activity
{
public:
    explicit Echo(std::vector<json> &given)
        : m_given(given)
    {}
    void start(const ActivityRequest &request, ActivityDone done) override
    {
        m_given.push_back(request.with.tree());
        done(request.with);
    }
    void cancel(const ActivityKey &) override {}

private:
    std::vector<json> &m_given;
};

} // namespace

/// Secrets on their way to an activity (semantics 5.6).
class SecretWorkTest : public QObject
{
    Q_OBJECT

    tests::NetPlace m_net;
    std::vector<json> m_given; ///< by the net thread, before the outcome is there
    Sequence m_lastTask = 0;

    /// An activity `sql` that echoes; secrets are answered by `find`.
    std::unique_ptr<Activity> echo(FindSecret find, std::optional<std::string> otherwise = {})
    {
        const auto noPort = [](const InstanceId &) -> Result<std::string> {
            return Error{ErrorCode::Unavailable, "there is no port", {}};
        };
        return withSecretsOf({std::move(find), noPort}, m_net.place(), std::make_unique<Echo>(m_given),
            NamedSecret{"connection", std::move(otherwise)});
    }

    ActivityRequest request(const json &with, std::set<std::string> granted)
    {
        return {.key = {RunKey{7}, ++m_lastTask},
            .instance = {"i"},
            .activity = "sql",
            .with = JsonText::of(with),
            .granted = std::move(granted),
            .secrets = {"KEY", "callbackUrl"}};
    }

    static void findAny(const std::string &name, const SecretFound &found)
    {
        found("value of " + name);
    }

private slots:
    void init() { m_given.clear(); }

    void onlyAConnectionThatWasGrantedIsReached()
    {
        const auto activity = echo(findAny);
        const auto refused = failureOf(
            tests::begin(*activity, request({{"connection", "payroll"}}, {"books"})).get());
        QCOMPARE(refused.type, std::string("NotAllowed"));
        QVERIFY(!refused.retriable);
        QVERIFY(m_given.empty());
        for (const char *granted : {"books", "*"})
            tests::begin(*activity, request({{"connection", "books"}}, {granted})).get();
        QCOMPARE(m_given.size(), std::size_t(2));
        QVERIFY(m_given[0].at("connection") == "value of books");
    }

    void withoutAConnectionTheUsualOneServesWhoeverMayUseTheKind()
    {
        const auto activity = echo(findAny, "mail");
        tests::begin(*activity, request(json::object(), {""})).get();
        QVERIFY(m_given.at(0).at("connection") == "value of mail");
        // Who names it has to be granted it by its name.
        const auto named =
            failureOf(tests::begin(*activity, request({{"connection", "mail"}}, {""})).get());
        QCOMPARE(named.type, std::string("NotAllowed"));
    }

    void aConnectionIsTheNameOfASecret_data()
    {
        QTest::addColumn<QByteArray>("with");
        for (const char *with : {"{}", "{'connection':5}", "{'connection':''}",
                 "{'connection':'postgresql://me:pass@host/db'}"})
            QTest::newRow(with) << QByteArray(with).replace('\'', '"');
    }
    void aConnectionIsTheNameOfASecret()
    {
        QFETCH(const QByteArray, with);
        const auto activity = echo(findAny);
        const auto failure = failureOf(
            tests::begin(*activity, request(json::parse(with.toStdString()), {"*"})).get());
        QCOMPARE(failure.type, std::string("ValidationError"));
        QVERIFY(m_given.empty());
    }

    void whatCannotBeReadIsTriedAgainAndWhatIsNotThereIsNot_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("retriable");
        QTest::newRow("locked") << int(ErrorCode::Unavailable) << true;
        QTest::newRow("missing") << int(ErrorCode::NotFound) << false;
    }
    void whatCannotBeReadIsTriedAgainAndWhatIsNotThereIsNot()
    {
        QFETCH(const int, code);
        QFETCH(const bool, retriable);
        const auto activity = echo([code](const std::string &, const SecretFound &found) {
            found(Error{ErrorCode(code), "the keychain is locked", {}});
        });
        const auto failure =
            failureOf(tests::begin(*activity, request({{"connection", "books"}}, {"*"})).get());
        QCOMPARE(failure.type, std::string("NotAllowed"));
        QCOMPARE(failure.retriable, retriable);
        QVERIFY(failure.message.find("'books'") != std::string::npos);
    }

    void withoutAPortThereIsNoCallback()
    {
        const auto activity = echo(findAny);
        const auto failure = failureOf(tests::begin(*activity,
            request({{"connection", "books"}, {"query", "${secret:callbackUrl}"}}, {"*"}))
                                           .get());
        QVERIFY(failure.message.find("there is no port") != std::string::npos);
    }

    void whoeverIsCanceledWhileItsSecretIsLookedUpNeverBegins()
    {
        std::promise<SecretFound> asked;
        const auto activity = echo([&asked](const std::string &, SecretFound found) {
            asked.set_value(std::move(found));
        });
        const auto work = request({{"connection", "books"}}, {"*"});
        auto outcome = tests::begin(*activity, work);
        const SecretFound found = asked.get_future().get();
        activity->cancel(work.key);
        QMetaObject::invokeMethod(
            &m_net.place(), [found] { found(std::string("too late")); }, Qt::QueuedConnection);
        QCOMPARE(failureOf(outcome.get()).type, std::string("Canceled"));
        QVERIFY(m_given.empty());
    }

    void whatBecomesTooLargeWithItsSecretsIsRefused()
    {
        const auto activity = echo([](const std::string &, const SecretFound &found) {
            found(std::string(2 * 1024 * 1024, 'x'));
        });
        const auto failure = failureOf(tests::begin(*activity,
            request({{"connection", "books"}, {"query", "${secret:KEY}"}}, {"*"}))
                                           .get());
        QCOMPARE(failure.type, std::string("ValidationError"));
        QVERIFY(m_given.empty());
    }
};

QTEST_GUILESS_MAIN(SecretWorkTest)
#include "secret_work_test.moc"
