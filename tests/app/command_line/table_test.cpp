#include "app/command_line/table.h"

#include <QTest>

using namespace app;

class TableTest : public QObject
{
    Q_OBJECT

private slots:
    void columnsAreAsWideAsTheirWidestCell()
    {
        Table table({"ID", "STATUS"});
        table.add({"a-long-one", "Waiting"});
        table.add({"é", ""});
        QCOMPARE(table.text(), std::string("ID          STATUS\na-long-one  Waiting\né\n"));
        QCOMPARE(table.text("  ").substr(0, 4), std::string("  ID"));
    }

    void anEmptyTableKnows() { QVERIFY(Table({"ID"}).isEmpty()); }

    void longTextsAreCutBetweenCharacters()
    {
        QCOMPARE(shortened("äöüß", 4), std::string("äöüß"));
        QCOMPARE(shortened("äöüßx", 4), std::string("äöü…"));
        QCOMPARE(shortened("", 4), std::string());
        QCOMPARE(shortened("a\nb\x1b[1m", 9), std::string("a b [1m"));
    }
};

QTEST_GUILESS_MAIN(TableTest)
#include "table_test.moc"
