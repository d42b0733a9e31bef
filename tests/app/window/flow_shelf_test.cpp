#include "app/window/flow_shelf.h"

#include "app/window/flows_panel.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace {

void put(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}");
}

} // namespace

class FlowShelfTest : public QObject
{
    Q_OBJECT

private slots:
    void theFirstStartPutsTheSamplesThereAsTheUsersOwn()
    {
        const QTemporaryDir home;
        app::FlowShelf shelf(home.filePath(u"flows"_s));
        QVERIFY(shelf.putSamples());
        QVERIFY(shelf.flows().size() >= 3);
        QCOMPARE(shelf.flows().front().folder, u"samples"_s);
        QFile sample(shelf.samplePath(u"OrderFulfillment"_s));
        QVERIFY(sample.open(QIODevice::ReadWrite)); // resources are read-only, these must not be
        QVERIFY(!shelf.putSamples());
    }

    void aShelfThatIsThereIsLeftAlone()
    {
        const QTemporaryDir home;
        put(home.filePath(u"flows/Mine.flow.json"_s));
        app::FlowShelf shelf(home.filePath(u"flows"_s));
        QVERIFY(!shelf.putSamples());
        QCOMPARE(shelf.flows(), (std::vector<app::ShelvedFlow>{{u"Mine"_s, QString(),
                                    home.filePath(u"flows/Mine.flow.json"_s)}}));
    }

    void newFilesAppear()
    {
        const QTemporaryDir home;
        put(home.filePath(u"flows/shop/One.flow.json"_s));
        app::FlowShelf shelf(home.filePath(u"flows"_s));
        QSignalSpy changed(&shelf, &app::FlowShelf::changed);
        put(home.filePath(u"flows/shop/Two.flow.json"_s));
        put(home.filePath(u"flows/shop/notes.txt"_s));
        QTRY_COMPARE(shelf.flows().size(), 2U);
        QCOMPARE(shelf.flows().back().name, u"Two"_s);
        QVERIFY(changed.count() >= 1);
    }

    void theListFindsShowsCountsAndOpens()
    {
        const QTemporaryDir home;
        put(home.filePath(u"flows/shop/Order.flow.json"_s));
        put(home.filePath(u"flows/shop/Refund.flow.json"_s));
        const app::FlowShelf shelf(home.filePath(u"flows"_s));
        app::FlowsPanel panel(shelf);
        panel.setCounter([](const QString &flow) { return flow == "Order"_L1 ? 7 : 0; });
        panel.resize(240, 400);
        panel.show();
        const auto *tree = panel.findChild<QTreeWidget *>();
        QTreeWidgetItem *shop = tree->topLevelItem(0);
        QCOMPARE(shop->child(0)->data(0, Qt::UserRole + 1).toInt(), 7);
        QTest::keyClicks(panel.findChild<QLineEdit *>(), u"refu"_s);
        QVERIFY(shop->child(0)->isHidden());
        QVERIFY(!shop->child(1)->isHidden());
        QSignalSpy opened(&panel, &app::FlowsPanel::openAsked);
        QTest::mouseClick(
            tree->viewport(), Qt::LeftButton, {}, tree->visualItemRect(shop->child(1)).center());
        QCOMPARE(opened.count(), 1);
        QCOMPARE(
            opened.front().front().toString(), home.filePath(u"flows/shop/Refund.flow.json"_s));
    }
};

QTEST_MAIN(FlowShelfTest)
#include "flow_shelf_test.moc"
