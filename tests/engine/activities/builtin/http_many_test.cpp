#include "engine/activities/builtin/http_activity.h"

#include "tests/support/net_place.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <nlohmann/json.hpp>

#include <csignal>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace engine;

namespace {

constexpr int many = 10'000;

/// Answers nobody until everybody is there. In a process of its own: half of the descriptors are
/// the server's. It listens on ten ports, because a port's queue is shorter than the crowd.
constexpr auto server = R"(
import asyncio, resource, sys
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
here = 0
async def main():
    gate = asyncio.Event()
    async def serve(reader, writer):
        global here
        await reader.readuntil(b'\r\n\r\n')
        here += 1
        if here == int(sys.argv[1]):
            gate.set()
        await gate.wait()
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n"ok"')
        await writer.drain()
        writer.close()
    listening = [await asyncio.start_server(serve, '127.0.0.1', 0, backlog=4096) for _ in range(10)]
    print(*[one.sockets[0].getsockname()[1] for one in listening], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
)";
/// A number of /proc/self/status.
int ofThisProcess(const char *what)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QFile::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith(what))
            return line.mid(int(qstrlen(what))).simplified().split(' ').value(0).toInt();
    return 0;
}

} // namespace

class HttpManyTest : public QObject
{
    Q_OBJECT

private slots:
    void tenThousandRequestsAreUnderWayAtOnceOnOneThread()
    {
        rlimit files{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
        if (files.rlim_max < rlim_t(many) + 600)
            QSKIP("this system lets a process have too few files (ulimit -Hn)");
        QProcess process;
        process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        process.start(QStringLiteral("python3"),
            {QStringLiteral("-c"), QString::fromLatin1(server), QString::number(many)});
        while (!process.canReadLine()) // it may come in pieces
            QVERIFY(process.waitForReadyRead());
        const QList<QByteArray> ports = process.readLine().trimmed().split(' ');
        QCOMPARE(ports.size(), 10);

        tests::NetPlace net;
        HttpActivity activity(net.place());
        const int memoryBefore = ofThisProcess("VmRSS:");
        const int threadsBefore = ofThisProcess("Threads:");
        QElapsedTimer clock;
        clock.start();
        std::vector<std::future<ActivityOutcome>> outcomes;
        outcomes.reserve(many);
        for (int i = 0; i < many; ++i)
            outcomes.push_back(tests::begin(activity,
                {.key = {RunKey{1}, i + 1},
                    .activity = "http",
                    .with = JsonText::of(
                        {{"url", "http://127.0.0.1:" + ports[i % 10].toStdString() + "/"}}),
                    .granted = {"*"}}));
        // The first answer comes when all requests have come, so this sees them all.
        outcomes.front().wait();
        const int threads = ofThisProcess("Threads:");
        for (auto &outcome : outcomes)
            QVERIFY(std::get<JsonText>(outcome.get()).text().ends_with("\"body\":\"ok\"}"));
        qInfo("10,000 requests at once: %lld ms, at most %d KiB more memory", clock.elapsed(),
            ofThisProcess("VmHWM:") - memoryBefore);
        QCOMPARE(threads, threadsBefore);
        process.kill();
        process.waitForFinished();
    }
};

QTEST_GUILESS_MAIN(HttpManyTest)
#include "http_many_test.moc"
