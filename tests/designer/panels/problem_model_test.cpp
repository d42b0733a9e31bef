#include "designer/panels/problem_model.h"
#include "designer/panels/problem_text.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace designer;

namespace {

engine::Problem problem(const char *step, const char *text, std::vector<std::string> arguments = {})
{
    engine::Problem made;
    made.step = {step};
    made.text = text;
    made.arguments = std::move(arguments);
    return made;
}

QString named(const engine::StepId &step)
{
    return QString::fromStdString("name of " + step.value);
}

} // namespace

class ProblemModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsSaySentenceAndStep()
    {
        ProblemModel model;
        const QAbstractItemModelTester tester(&model);
        model.setProblems(
            {problem("pay", "'%1' is not %2", {"x %2", "known"}), problem("", "whole")}, named);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, ProblemModel::Sentence).data().toString(),
            QStringLiteral("'x %2' is not known"));
        QCOMPARE(model.index(0, ProblemModel::StepName).data().toString(),
            QStringLiteral("name of pay"));
        QCOMPARE(model.index(1, ProblemModel::StepName).data().toString(), QStringLiteral("Flow"));
    }

    void onlyWhatDiffersChangesRows()
    {
        ProblemModel model;
        const QAbstractItemModelTester tester(&model);
        const auto a = problem("a", "one"), b = problem("b", "two"), c = problem("c", "three");
        model.setProblems({a, b, c}, named);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setProblems({a, c}, named);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed[0][1].toInt(), 1);
        QCOMPARE(inserted.count(), 0);
        model.setProblems({a, c}, named);
        QCOMPARE(removed.count(), 1);
        model.setProblems({b, a, c}, named);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted[0][1].toInt(), 0);
        model.setProblems({}, named);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.count(), 0);
    }
};

QTEST_MAIN(ProblemModelTest)
#include "problem_model_test.moc"
