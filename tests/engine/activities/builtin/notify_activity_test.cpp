#include "engine/activities/builtin/notify_activity.h"

#include "tests/support/net_place.h"

#include <QDBusConnection>
#include <QProcess>
#include <QTest>

#include <nlohmann/json.hpp>

#include <csignal>

#include <sys/prctl.h>

using namespace engine;
using namespace std::chrono_literals;
using nlohmann::json;

/// Stands for a desktop.
class Desktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList shown;

public slots:
    uint Notify(const QString &program, uint, const QString &, const QString &title,
        const QString &text, const QStringList &, const QVariantMap &, int)
    {
        shown += program + u'|' + title + u'|' + text;
        return 1;
    }
};

/// Notifications on a private D-Bus.
class NotifyActivityTest : public QObject
{
    Q_OBJECT

    QProcess m_daemon;
    QString m_address;
    Desktop m_desktop;
    tests::NetPlace m_net;
    std::unique_ptr<NotifyActivity> m_activity;

    ActivityOutcome run(const json &with, Milliseconds timeout = 0ms)
    {
        auto outcome = tests::begin(*m_activity, {.key = {RunKey{1}, 1},
                                                     .activity = "notify",
                                                     .with = JsonText::of(with),
                                                     .timeout = timeout});
        // The desktop lives on this thread.
        const bool told = QTest::qWaitFor(
            [&outcome] { return outcome.wait_for(0s) == std::future_status::ready; }, 60'000);
        return told ? outcome.get() : Failure{.type = "none"};
    }
    static Failure failure(const ActivityOutcome &outcome)
    {
        const auto *failed = std::get_if<Failure>(&outcome);
        return failed ? *failed : Failure{.type = "none"};
    }
    QDBusConnection bus() const { return QDBusConnection(QStringLiteral("desktop")); }

private slots:
    void initTestCase()
    {
        m_daemon.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        m_daemon.start(
            QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"),
                                               QStringLiteral("--print-address=1")});
        while (!m_daemon.canReadLine())
            QVERIFY(m_daemon.waitForReadyRead());
        m_address = QString::fromLatin1(m_daemon.readLine().trimmed());
        QVERIFY(QDBusConnection::connectToBus(m_address, QStringLiteral("desktop")).isConnected());
        m_activity = std::make_unique<NotifyActivity>(m_net.place(), m_address);
    }
    void cleanupTestCase()
    {
        QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    void withoutAProgramThatShowsThemItIsANotifyError()
    {
        const auto nobody = failure(run({{"title", "Hello"}}));
        QCOMPARE(nobody.type, std::string("NotifyError"));
        QVERIFY(nobody.retriable);
    }

    void theDesktopShowsTitleAndText()
    {
        QVERIFY(bus().registerObject(QStringLiteral("/org/freedesktop/Notifications"), &m_desktop,
            QDBusConnection::ExportAllSlots));
        QVERIFY(bus().registerService(QStringLiteral("org.freedesktop.Notifications")));
        const auto outcome = run({{"title", "Order 7 ä"}, {"text", "<b>5 & 6</b>"}});
        QVERIFY2(std::holds_alternative<JsonText>(outcome), failure(outcome).message.c_str());
        QVERIFY(std::get<JsonText>(outcome).isNull());
        // No markup comes from a flow's data.
        QCOMPARE(m_desktop.shown,
            QStringList{QStringLiteral("Signalbox|Order 7 ä|&lt;b&gt;5 &amp; 6&lt;/b&gt;")});
    }

    void withoutADesktopItIsANotifyError()
    {
        NotifyActivity nowhere(m_net.place(), QStringLiteral("unix:path=/no/such/bus"));
        const auto none = failure(tests::begin(nowhere,
            {.key = {RunKey{1}, 2}, .activity = "notify", .with = JsonText::of({{"title", "x"}})})
                                      .get());
        QCOMPARE(none.type, std::string("NotifyError"));
        QVERIFY(!none.retriable);
        QVERIFY(none.message.starts_with("notify: there is no desktop"));
    }

    void wrongInputIsRefused()
    {
        for (const char *with : {"null", "{}", R"({"title":5})", R"({"title":"x","text":[]})"})
            QCOMPARE(failure(run(json::parse(with))).type, std::string("ValidationError"));
    }
};

QTEST_GUILESS_MAIN(NotifyActivityTest)
#include "notify_activity_test.moc"
