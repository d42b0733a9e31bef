#include "engine/activities/builtin/mail_activity.h"

#include "tests/support/net_place.h"
#include "tests/support/smtp_sink.h"

#include <QTcpServer>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;

class MailActivityTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::SmtpSink> m_sink;
    tests::NetPlace m_net;
    MailActivity m_activity{m_net.place()};
    Sequence m_lastTask = 0;

    std::string server() const
    {
        return "smtp://me%40example.org:hush@127.0.0.1:" + std::to_string(m_sink->port());
    }
    json mail(const json &to = "you@example.org") const
    {
        return {{"connection", server()}, {"to", to}, {"subject", "Hello"}, {"text", "Hi"}};
    }
    ActivityRequest request(const json &with, Milliseconds timeout = 10s)
    {
        return {.key = {RunKey{7}, ++m_lastTask},
            .instance = {"order-1"},
            .activity = "mail",
            .with = JsonText::of(with),
            .timeout = timeout,
            .granted = {""}};
    }
    ActivityOutcome run(const json &with) { return tests::begin(m_activity, request(with)).get(); }
    static Failure failure(const ActivityOutcome &outcome)
    {
        const auto *failed = std::get_if<Failure>(&outcome);
        return failed ? *failed : Failure{.type = "none"};
    }

    /// Of a header that may stand on several lines.
    static QByteArray header(const QByteArray &message, const char *name)
    {
        const QByteArray head = message.left(message.indexOf("\r\n\r\n")).replace("\r\n ", " ");
        for (const QByteArray &line : head.split('\n'))
            if (line.startsWith(QByteArray(name) + ": "))
                return line.mid(qsizetype(qstrlen(name)) + 2).trimmed();
        return {};
    }
    static QByteArray body(const QByteArray &message)
    {
        return QByteArray::fromBase64(message.mid(message.indexOf("\r\n\r\n")));
    }
    /// What encoded words say.
    static QByteArray decoded(const QByteArray &words)
    {
        QByteArray text;
        for (const QByteArray &word : words.split(' ')) {
            if (word.startsWith("=?UTF-8?B?") && word.size() <= 75)
                text += QByteArray::fromBase64(word.mid(10).chopped(2));
        }
        return text;
    }

private slots:
    void init() { m_sink = std::make_unique<tests::SmtpSink>(); }

    void aMailArrivesAsItWasWritten()
    {
        json with = mail(json::array({"you@example.org", "Zoë, \"Z\" <zoe@example.org>"}));
        with["subject"] =
            "Bestellung Nr. 7 für Zoë: ein sehr langer Betreff, der nicht in eine Zeile "
            "passt, mit 😀 darin";
        with["text"] = ".\r\n.dots\r\n" + std::string(2000, 'x') + "ä\n";
        const auto outcome = run(with);
        QVERIFY2(std::holds_alternative<JsonText>(outcome), failure(outcome).message.c_str());
        QVERIFY(std::get<JsonText>(outcome).isNull());
        QCOMPARE(m_sink->mails().size(), 1);
        const auto taken = m_sink->mails().first();
        QCOMPARE(taken.from, QByteArray("me@example.org"));
        QCOMPARE(taken.to, (QList<QByteArray>{"you@example.org", "zoe@example.org"}));
        QCOMPARE(taken.login, QByteArray("\0me@example.org\0hush", 20));
        QCOMPARE(decoded(header(taken.message, "Subject")),
            QByteArray::fromStdString(with["subject"].get<std::string>()));
        QVERIFY(header(taken.message, "To").endsWith("<zoe@example.org>"));
        QCOMPARE(body(taken.message), QByteArray::fromStdString(with["text"].get<std::string>()));
        for (const QByteArray &line : taken.message.split('\n'))
            QVERIFY2(line.size() <= 78, line.constData());
    }

    void theSameWorkHasTheSameMessageId()
    {
        auto asked = request(mail());
        tests::begin(m_activity, asked).wait();
        ++asked.attempt;
        tests::begin(m_activity, asked).wait();
        run(mail());
        const auto mails = m_sink->mails();
        QCOMPARE(mails.size(), 3);
        QCOMPARE(header(mails[0].message, "Message-ID"), header(mails[1].message, "Message-ID"));
        QVERIFY2(header(mails[0].message, "Message-ID") != header(mails[2].message, "Message-ID"),
            mails[2].message);
    }

    void whatTheServerRefusesIsAMailError()
    {
        const auto full = failure(run(mail("full@example.org")));
        QCOMPARE(full.type, std::string("MailError"));
        QVERIFY(full.retriable);
        QVERIFY(full.details.tree()["code"] == json(452));
        const auto nobody = failure(run(mail("nobody@example.org")));
        QCOMPARE(nobody.type, std::string("MailError"));
        QVERIFY(!nobody.retriable);
        QVERIFY(m_sink->mails().isEmpty());
    }

    void noServerMayPassAndHidesThePassword()
    {
        json with = mail();
        with["connection"] = "smtp://me%40example.org:hush@127.0.0.1:1";
        const auto away = failure(run(with));
        QCOMPARE(away.type, std::string("MailError"));
        QVERIFY(away.retriable);
        QVERIFY(away.message.find("hush") == std::string::npos);
    }

    void aServerThatSaysNothingMeetsTheTimeout()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        json with = mail();
        with["connection"] =
            "smtp://me%40example.org:x@127.0.0.1:" + std::to_string(silent.serverPort());
        QCOMPARE(failure(tests::begin(m_activity, request(with, 50ms)).get()).type,
            std::string("ActivityTimeout"));
        const auto asked = request(with, 0ms);
        auto outcome = tests::begin(m_activity, asked);
        m_activity.cancel(asked.key);
        QCOMPARE(failure(outcome.get()).type, std::string("MailError"));
    }

    void nobodySlipsInAHeader_data()
    {
        QTest::addColumn<QByteArray>("change");
        for (const char *change : {"{'subject':'a\\r\\nBcc: x@y.z'}", "{'subject':'a\\nb'}",
                 "{'to':'a@b.c\\r\\nBcc: x@y.z'}", "{'to':'a@b.c>, <x@y.z'}", "{'to':'a b@c.d'}",
                 "{'to':'a@b.c, x@y.z'}", "{'to':'nobody'}", "{'to':[]}", "{'to':null}",
                 "{'from':'a@b.c\\nX: y'}", "{'from':'me'}", "{'text':5}", "{'subject':null}",
                 "{'connection':'http://x'}", "{'connection':'x'}"})
            QTest::newRow(change) << QByteArray(change).replace('\'', '"');
    }
    void nobodySlipsInAHeader()
    {
        QFETCH(const QByteArray, change);
        json with = mail();
        with.update(json::parse(change.toStdString()));
        const auto refused = failure(run(with));
        QCOMPARE(refused.type, std::string("ValidationError"));
        QVERIFY(!refused.retriable);
        QVERIFY(m_sink->mails().isEmpty());
    }
};

QTEST_GUILESS_MAIN(MailActivityTest)
#include "mail_activity_test.moc"
