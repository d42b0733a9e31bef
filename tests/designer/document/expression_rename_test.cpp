#include "designer/document/expression_rename.h"

#include <QTest>

using namespace designer;

class ExpressionRenameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepIsRenamedWhereItIsMeant_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");

        const auto row = [](const char *name, const char *before, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after);
        };
        row("path", "steps.old.x > 1", "steps.fresh.x > 1");
        row("optional", "steps?.old?.x", "steps?.fresh?.x");
        row("spaces", "steps . old", "steps .fresh");
        row("brackets", "steps['old'] + steps[ \"old\" ]", "steps[\"fresh\"] + steps[ \"fresh\" ]");
        row("twice", "steps.old + steps.old", "steps.fresh + steps.fresh");
        row("spread", "[...steps.old]", "[...steps.fresh]");
        row("other step", "steps.older.x + steps.ol", "steps.older.x + steps.ol");
        row("string", "'steps.old' + \"steps.old\"", "'steps.old' + \"steps.old\"");
        row("escaped quote", "'it\\'s steps.old' + steps.old", "'it\\'s steps.old' + steps.fresh");
        row("comment", "1 /* steps.old */ // steps.old", "1 /* steps.old */ // steps.old");
        row("property", "input.steps.old", "input.steps.old");
        row("name that ends so", "mysteps.old", "mysteps.old");
        row("template text", "`steps.old ${steps.old} steps.old`",
            "`steps.old ${steps.fresh} steps.old`");
        row("nested template", "`${`${steps.old}` + {a: steps.old}.a} steps.old`",
            "`${`${steps.fresh}` + {a: steps.fresh}.a} steps.old`");
        row("unfinished", "steps.old + 'steps.old", "steps.fresh + 'steps.old");
        row("ends early", "steps[", "steps[");
        row("ends in a template", "`${steps.old", "`${steps.fresh");
    }

    void stepIsRenamedWhereItIsMeant()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const StepNames names{{"old", "fresh"}};
        QCOMPARE(QByteArray::fromStdString(renamedExpression(before.toStdString(), names)), after);
    }

    void idThatIsNoNameIsWrittenInBrackets()
    {
        const StepNames names{{"old", "not-a-name"}};
        QCOMPARE(renamedExpression("steps.old.x", names), std::string("steps[\"not-a-name\"].x"));
        QCOMPARE(
            renamedExpression("steps?.old.x", names), std::string("steps?.[\"not-a-name\"].x"));
    }

    void idsCanBeExchanged()
    {
        const StepNames names{{"a", "b"}, {"b", "a"}};
        QCOMPARE(renamedExpression("steps.a - steps.b", names), std::string("steps.b - steps.a"));
    }

    void onlyExpressionsOfAValueAreTouched()
    {
        const auto value = engine::templateFrom(engine::JsonText::trusted(
            R"({ "steps.old": "steps.old", "e": ["=steps.old", "==steps.old", 1] })"));
        QCOMPARE(renamedTemplate(value, {{"old", "fresh"}}).written.text(),
            std::string(
                R"({ "steps.old": "steps.old", "e": ["=steps.fresh", "==steps.old", 1] })"));
    }

    void codeOfAScriptIsAnExpressionToo()
    {
        engine::ActivityStep script;
        script.activity = "script";
        script.with =
            engine::templateFrom(engine::JsonText::trusted(R"({"code": "return steps.old.x;"})"));
        engine::Step step{.id = {"s"}, .body = script};
        renameInExpressions(step, {{"old", "fresh"}});
        QCOMPARE(std::get<engine::ActivityStep>(step.body).with.written.text(),
            std::string(R"({ "code": "return steps.fresh.x;" })"));
    }
};

QTEST_GUILESS_MAIN(ExpressionRenameTest)
#include "expression_rename_test.moc"
