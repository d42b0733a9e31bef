#include "engine/rest/url.h"

#include <QTest>

using namespace engine;

class UrlTest : public QObject
{
    Q_OBJECT

private slots:
    void escapesAreDecodedAndBrokenOnesStay_data()
    {
        QTest::addColumn<std::string>("written");
        QTest::addColumn<std::string>("decoded");
        QTest::newRow("space") << std::string("a%20b") << std::string("a b");
        QTest::newRow("lower case") << std::string("%c3%a9") << std::string("\xc3\xa9");
        QTest::newRow("not hex") << std::string("100%zz") << std::string("100%zz");
        QTest::newRow("cut off") << std::string("a%2") << std::string("a%2");
        QTest::newRow("only once") << std::string("%2541") << std::string("%41");
        QTest::newRow("broken UTF-8") << std::string("a%ffb")
                                      << std::string("a\xef\xbf\xbd"
                                                     "b");
    }
    void escapesAreDecodedAndBrokenOnesStay()
    {
        QFETCH(std::string, written);
        QFETCH(std::string, decoded);
        QCOMPARE(urlDecoded(written, PlusSign::Plus), decoded);
    }

    void aPlusIsASpaceInFormsOnly()
    {
        QCOMPARE(urlDecoded("a+b%2B", PlusSign::Space), std::string("a b+"));
        QCOMPARE(urlDecoded("a+b", PlusSign::Plus), std::string("a+b"));
    }

    void encodingReadsBackAsTheSame()
    {
        std::string every;
        for (int c = 1; c < 128; ++c)
            every += static_cast<char>(c);
        QCOMPARE(urlDecoded(formEncoded(every), PlusSign::Space), every);
        QCOMPARE(urlDecoded(segmentEncoded(every), PlusSign::Plus), every);
        QCOMPARE(formEncoded("a b/c&(d)"), std::string("a+b%2Fc%26(d)"));
        QCOMPARE(segmentEncoded("a b/c"), std::string("a%20b%2Fc"));
    }

    void aPathFallsIntoItsSegments_data()
    {
        QTest::addColumn<std::string>("path");
        QTest::addColumn<std::vector<std::string>>("segments");
        using Parts = std::vector<std::string>;
        QTest::newRow("root") << std::string("/") << Parts{};
        QTest::newRow("empty") << std::string() << Parts{};
        QTest::newRow("slashes around") << std::string("//a/b//") << Parts{"a", "b"};
        QTest::newRow("empty between") << std::string("/a//b") << Parts{"a", "", "b"};
        QTest::newRow("dots mean nothing") << std::string("/a/../b") << Parts{"a", "..", "b"};
    }
    void aPathFallsIntoItsSegments()
    {
        QFETCH(std::string, path);
        QFETCH(std::vector<std::string>, segments);
        const auto found = pathSegments(path);
        QCOMPARE(std::vector<std::string>(found.begin(), found.end()), segments);
    }

    void parametersMatchInAnyCaseAndJoin()
    {
        const auto query =
            UrlQuery::ofTarget("/x?runtimeStatus=Failed&a=1+2%26&RUNTIMESTATUS=Running&b#c=d");
        QCOMPARE(query.value("RuntimeStatus"), std::string("Failed,Running"));
        QCOMPARE(query.value("a"), std::string("1 2&"));
        QVERIFY(query.has("b"));
        QVERIFY(!query.has("c"));
        QCOMPARE(query.value("none"), std::string());
        QCOMPARE(pathOf("/x?y=/z"), std::string_view("/x"));
    }

    void oddQueriesAreRead_data()
    {
        QTest::addColumn<std::string>("target");
        QTest::addColumn<int>("count");
        QTest::newRow("none") << std::string("/x") << 0;
        QTest::newRow("empty") << std::string("/x?") << 0;
        QTest::newRow("only separators") << std::string("/x?&&&") << 0;
        QTest::newRow("no name") << std::string("/x?=1") << 1;
        QTest::newRow("second mark") << std::string("/x?a=1?b=2") << 1;
    }
    void oddQueriesAreRead()
    {
        QFETCH(std::string, target);
        QFETCH(int, count);
        QCOMPARE(UrlQuery::ofTarget(target).parameters().size(), static_cast<std::size_t>(count));
    }
};

QTEST_GUILESS_MAIN(UrlTest)
#include "url_test.moc"
