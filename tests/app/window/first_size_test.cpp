#include "app/window/first_size.h"

#include <QTest>

using namespace app;

class FirstSizeTest : public QObject
{
    Q_OBJECT

private slots:
    void theWindowStandsOnItsScreen_data()
    {
        QTest::addColumn<QSize>("available");
        QTest::addColumn<QSize>("size");
        QTest::newRow("large") << QSize(1920, 1080) << QSize(1440, 900);
        QTest::newRow("4k") << QSize(3840, 2160) << QSize(1440, 900);
        QTest::newRow("small") << QSize(1280, 800) << QSize(1280, 760);
        QTest::newRow("wide and low") << QSize(1920, 768) << QSize(1440, 728);
    }
    void theWindowStandsOnItsScreen()
    {
        QFETCH(QSize, available);
        QTEST(firstSize(available), "size");
    }
};

QTEST_GUILESS_MAIN(FirstSizeTest)
#include "first_size_test.moc"
