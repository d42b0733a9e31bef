#include "app/command_line/server_events.h"

#include <QTest>

using namespace app;

class ServerEventsTest : public QObject
{
    Q_OBJECT

private slots:
    void aStreamIsReadInAnyPieces_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("LF") << QByteArray("\n");
        QTest::newRow("CRLF") << QByteArray("\r\n");
        QTest::newRow("CR") << QByteArray("\r");
    }
    void aStreamIsReadInAnyPieces()
    {
        QFETCH(QByteArray, end);
        const QByteArray stream = QByteArray("retry: 1000\nid: 3\n\n: nothing new\n\nid: 4.1\n"
                                             "event: task\ndata: {}\n\nid:5\nevent:instance\n"
                                             "data: a\ndata:  b\nother: x\nword\n\ndata\n\nid: 9\n")
                                      .replace("\n", end);
        const std::vector<ServerEvent> expected{
            {"4.1", "task", "{}"}, {"5", "instance", "a\n b"}, {"5", "", ""}};
        for (qsizetype size = 1; size <= stream.size(); ++size) {
            ServerEventReader reader;
            std::vector<ServerEvent> events;
            for (qsizetype at = 0; at < stream.size(); at += size)
                for (ServerEvent &event : reader.read(stream.mid(at, size).toStdString()))
                    events.push_back(std::move(event));
            QVERIFY(events == expected);
            QCOMPARE(reader.lastId(), std::string("5")); // the block of 9 has not ended
        }
    }

    void whatIsCutOffIsForgotten()
    {
        ServerEventReader reader;
        QVERIFY(reader.read("id: 1\ndata: a\n\nid: 2\nevent: x\ndata: half").size() == 1u);
        reader.restart();
        QVERIFY(reader.read("data: b\n\n") == (std::vector<ServerEvent>{{"1", "", "b"}}));
    }
};

QTEST_GUILESS_MAIN(ServerEventsTest)
#include "server_events_test.moc"
