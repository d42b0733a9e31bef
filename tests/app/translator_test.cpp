#include "app/translator.h"

#include "app/actions.h"
#include "app/widgets/badge.h"

#include <QAction>
#include <QApplication>
#include <QTest>

using namespace Qt::StringLiterals;

class TranslatorTest : public QObject
{
    Q_OBJECT

private slots:
    void theProgramSpeaksEnglishByItself()
    {
        const app::Actions actions;
        QCOMPARE(actions.save->text(), u"&Save"_s);
    }

    void englishKnowsOneFromMany()
    {
        const auto steps = [](int count) {
            return QCoreApplication::translate("app::MainWindow", "%n step(s)", nullptr, count);
        };
        app::installTranslations(*qApp, u"en"_s);
        QCOMPARE(steps(1), u"1 step"_s);
        QCOMPARE(steps(11), u"11 steps"_s);
    }

    void thePseudoLanguageReachesEveryActionAndKeepsItsPlaces()
    {
        QVERIFY(app::installTranslations(*qApp, u"pseudo"_s));
        const app::Actions actions;
        for (const QAction *action : actions.all())
            QVERIFY2(action->text().startsWith(u'[') && action->text().endsWith(u']'),
                qPrintable(action->text()));
        QCOMPARE(QCoreApplication::translate("x", "&Undo: %1").arg(7), u"[&Ůñdö: 7~~~]"_s);
        QCOMPARE(app::statusBadge(app::Status::Failed).text, u"[Fåîléd~~]"_s);
    }
};

QTEST_MAIN(TranslatorTest)
#include "translator_test.moc"
