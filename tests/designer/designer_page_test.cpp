#include "designer/designer_page.h"

#include "app/widgets/banner.h"
#include "app/widgets/theme.h"
#include "designer/canvas/flow_canvas.h"
#include "designer/panels/problem_model.h"
#include "designer/workbench.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace designer;

namespace {

/// Remembers what it is asked and answers when the test says so.
class FakeWorkbench : public Workbench
{
public:
    void deploy(const std::string &flowText, std::function<void(Deployed)> answered) override
    {
        deployedTexts.push_back(flowText);
        deployAnswered = std::move(answered);
    }
    void start(const engine::FlowId &flow) override { started.push_back(flow.value); }
    void check(const std::string &flowText,
        std::function<void(std::vector<engine::Problem>)> answered) override
    {
        checkedTexts.push_back(flowText);
        checkAnswered = std::move(answered);
    }

    std::vector<std::string> deployedTexts, checkedTexts, started;
    std::function<void(Deployed)> deployAnswered;
    std::function<void(std::vector<engine::Problem>)> checkAnswered;
};

const QByteArray flowText = R"({
  "signalbox": 1,
  "name": "Small",
  "start": "first",
  "steps": {
    "first": { "kind": "set", "variables": { "a": 1 }, "next": "done" },
    "done": { "kind": "end" }
  },
  "layout": { "steps": { "first": [100, 100], "done": [100, 200] } }
}
)";

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Bench {
    QTemporaryDir folder;
    FakeWorkbench workbench;
    std::unique_ptr<DesignerPage> page;

    Bench()
    {
        write(path(), flowText);
        reopen();
    }
    QString path() const { return folder.filePath(QStringLiteral("Small.flow.json")); }
    void reopen()
    {
        page = std::make_unique<DesignerPage>(
            DesignerSurroundings{workbench, folder.filePath(QStringLiteral("recovery"))});
        if (const auto opened = page->open(path()); !opened)
            qFatal("%s", opened.error().message.c_str());
        page->resize(900, 700);
        page->show();
    }
    app::Banner &banner() { return *page->findChild<app::Banner *>(); }
    QTableView *showProblems()
    {
        QWidget *panel = page->problemsPanel();
        panel->setParent(nullptr);
        panel->resize(800, 140);
        panel->show();
        problems.reset(panel);
        return panel->findChild<QTableView *>();
    }
    void clickProblem(const QModelIndex &index)
    {
        auto *table = problems->findChild<QTableView *>();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    }
    std::unique_ptr<QWidget> problems; ///< once it is shown: a window docks it

    void edit() { page->document().setName({"first"}, "Changed"); }
};

} // namespace

class DesignerPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void openedFlowIsUntouched()
    {
        QCOMPARE(m_bench->page->title(), QStringLiteral("Small"));
        QVERIFY(!m_bench->page->isModified());
        QVERIFY(m_bench->page->save());
        QCOMPARE(contentOf(m_bench->path()), flowText);
    }

    void savingMakesItUnmodified()
    {
        QSignalSpy modified(m_bench->page.get(), &DesignerPage::modifiedChanged);
        m_bench->edit();
        QVERIFY(m_bench->page->isModified());
        QVERIFY(m_bench->page->save());
        QVERIFY(!m_bench->page->isModified());
        QCOMPARE(modified.count(), 2);
        QVERIFY(contentOf(m_bench->path()).contains("Changed"));
    }

    void flowWithoutAFileAsksForAName()
    {
        DesignerPage page({m_bench->workbench, m_bench->folder.path()});
        QVERIFY(page.start(QStringLiteral("Fresh")));
        QSignalSpy wanted(&page, &DesignerPage::fileNameWanted);
        QVERIFY(!page.save());
        QCOMPARE(wanted.count(), 1);
        const QString path = m_bench->folder.filePath(QStringLiteral("Fresh.flow.json"));
        QVERIFY(page.saveAs(path));
        QVERIFY(contentOf(path).contains("\"name\": \"Fresh\""));
    }

    void unsavedWorkComesBackAfterACrash()
    {
        m_bench->edit();
        const QString folder = m_bench->folder.filePath(QStringLiteral("recovery"));
        QTRY_VERIFY(!QDir(folder).entryList({QStringLiteral("*.json")}).isEmpty());
        m_bench->reopen(); // as after a crash: nobody discarded or saved
        QVERIFY(m_bench->page->isModified());
        QVERIFY(m_bench->page->document().text().find("Changed") != std::string::npos);
        QVERIFY(m_bench->banner().isVisible());
        const auto buttons = m_bench->banner().findChildren<QPushButton *>();
        QTest::mouseClick(buttons.last(), Qt::LeftButton); // forget them
        QVERIFY(!m_bench->page->isModified());
        QVERIFY(QDir(folder).entryList({QStringLiteral("*.json")}).isEmpty());
    }

    void discardedWorkStaysAway()
    {
        m_bench->edit();
        const QString folder = m_bench->folder.filePath(QStringLiteral("recovery"));
        QTRY_VERIFY(!QDir(folder).entryList({QStringLiteral("*.json")}).isEmpty());
        m_bench->page->discardUnsaved();
        m_bench->reopen();
        QVERIFY(!m_bench->page->isModified());
    }

    void changedFileIsReadAgainWhereNothingIsLost()
    {
        write(m_bench->path(), QByteArray(flowText).replace("Small", "Other"));
        QTRY_COMPARE(m_bench->page->title(), QStringLiteral("Other"));
        QVERIFY(!m_bench->page->isModified());
    }

    void changedFileIsAskedAboutWhereWorkWouldBeLost()
    {
        m_bench->edit();
        write(m_bench->path(), QByteArray(flowText).replace("Small", "Other"));
        QTRY_VERIFY(m_bench->banner().isVisible());
        QCOMPARE(m_bench->page->title(), QStringLiteral("Small"));
        QTest::mouseClick(m_bench->banner().findChildren<QPushButton *>().last(), Qt::LeftButton);
        QCOMPARE(m_bench->page->title(), QStringLiteral("Other"));
    }

    void editsAreCheckedTogetherAndProblemsShown()
    {
        QTRY_COMPARE(m_bench->workbench.checkedTexts.size(), std::size_t{1});
        for (int i = 0; i < 5; ++i)
            m_bench->page->document().setName({"first"}, "Name " + std::to_string(i));
        QTRY_COMPARE(m_bench->workbench.checkedTexts.size(), std::size_t{2});
        QVERIFY(m_bench->workbench.checkedTexts.back().find("Name 4") != std::string::npos);
        engine::Problem problem;
        problem.step = {"done"};
        problem.text = "wrong";
        m_bench->workbench.checkAnswered({problem});
        QCOMPARE(m_bench->page->problems().size(), std::size_t{1});
        auto *table = m_bench->page->problemsPanel()->findChild<QTableView *>();
        QCOMPARE(table->model()->rowCount(), 1);
        m_bench->page->nextProblem();
        QVERIFY(m_bench->page->canvas().selection().steps == (std::set<engine::StepId>{{"done"}}));
    }

    void aClickMendsAProblemAndUndoTakesItBack()
    {
        QTRY_COMPARE(m_bench->workbench.checkedTexts.size(), std::size_t{1});
        engine::Problem problem;
        problem.step = {"first"};
        problem.text = "It leads nowhere it should.";
        problem.mend = engine::removeMember("/steps/first/next");
        m_bench->workbench.checkAnswered({problem});
        const QModelIndex link = m_bench->showProblems()->model()->index(0, ProblemModel::Mending);
        QCOMPARE(link.data().toString(), QStringLiteral("Remove 'next'"));
        m_bench->clickProblem(link);
        auto &document = m_bench->page->document();
        QVERIFY(engine::transitionsFrom(document.flow().steps.front()).front().to.empty());
        QVERIFY(document.text().find("\"next\"") == std::string::npos);
        QCOMPARE(document.undoStack().undoText(), QStringLiteral("Remove 'next'"));
        QVERIFY(m_bench->page->canvas().selection().steps == (std::set<engine::StepId>{{"first"}}));
        m_bench->page->undo();
        QCOMPARE(QByteArray::fromStdString(document.text()), flowText);
        QVERIFY(!m_bench->page->isModified());
    }

    void enterOnTheMendDoesItToo()
    {
        QTRY_COMPARE(m_bench->workbench.checkedTexts.size(), std::size_t{1});
        engine::Problem problem;
        problem.text = "'first' has no use for it.";
        problem.mend = engine::renameMember("/steps/first/variables/a", "b");
        m_bench->workbench.checkAnswered({problem});
        QTableView *table = m_bench->showProblems();
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, ProblemModel::Sentence));
        QTest::keyClick(table, Qt::Key_Right);
        QTest::keyClick(table, Qt::Key_Right);
        QTest::keyClick(table, Qt::Key_Return);
        const auto &set =
            std::get<engine::SetStep>(m_bench->page->document().flow().steps.front().body);
        QCOMPARE(set.variables.front().first, std::string("b"));
    }

    void aMendOfAnOlderTextIsNotDone()
    {
        QTRY_COMPARE(m_bench->workbench.checkedTexts.size(), std::size_t{1});
        engine::Problem problem;
        problem.text = "wrong";
        problem.mend = engine::removeMember("/steps/first/next");
        m_bench->workbench.checkAnswered({problem});
        QTableView *table = m_bench->showProblems();
        QSignalSpy said(m_bench->page.get(), &DesignerPage::said);
        m_bench->edit();
        m_bench->clickProblem(table->model()->index(0, ProblemModel::Mending));
        QCOMPARE(said.count(), 1);
        QCOMPARE(m_bench->page->document().undoStack().count(), 1);
    }

    void aProblemWithoutAMendOffersNone()
    {
        QTRY_COMPARE(m_bench->workbench.checkedTexts.size(), std::size_t{1});
        engine::Problem problem;
        problem.step = {"done"};
        problem.text = "wrong";
        m_bench->workbench.checkAnswered({problem});
        const QModelIndex link = m_bench->showProblems()->model()->index(0, ProblemModel::Mending);
        QCOMPARE(link.data().toString(), QString());
        m_bench->clickProblem(link);
        QVERIFY(!m_bench->page->isModified());
        QVERIFY(m_bench->page->canvas().selection().steps == (std::set<engine::StepId>{{"done"}}));
    }

    void answerForAPageThatIsGoneIsDropped()
    {
        QTRY_COMPARE(m_bench->workbench.checkedTexts.size(), std::size_t{1});
        m_bench->page->deploy();
        m_bench->page.reset();
        m_bench->workbench.checkAnswered({});
        m_bench->workbench.deployAnswered({.version = 1, .problems = {}, .error = {}});
    }

    void deployedVersionStandsInTheBar()
    {
        QSignalSpy deployed(m_bench->page.get(), &DesignerPage::deployed);
        auto *button = m_bench->page->findChild<QPushButton *>(QStringLiteral("bar.deploy"));
        QCOMPARE(button->text(), QStringLiteral("Deploy v1"));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!button->isEnabled());
        m_bench->workbench.deployAnswered({.version = 7, .problems = {}, .error = {}});
        QCOMPARE(deployed.count(), 1);
        QVERIFY(button->isEnabled());
        m_bench->edit();
        QCOMPARE(button->text(), QStringLiteral("Deploy v8"));
    }

    void refusedDeploymentSaysWhy()
    {
        m_bench->page->deploy();
        engine::Problem problem;
        problem.text = "wrong";
        m_bench->workbench.deployAnswered({.version = 0, .problems = {problem}, .error = {}});
        QVERIFY(m_bench->banner().isVisible());
        QCOMPARE(m_bench->page->problems().size(), std::size_t{1});
        m_bench->page->deploy();
        m_bench->workbench.deployAnswered(
            {.version = 0, .problems = {}, .error = QStringLiteral("The engine has stopped.")});
        QCOMPARE(m_bench->banner().text(), QStringLiteral("The engine has stopped."));
    }

    void runDeploysOnlyWhatDiffers()
    {
        m_bench->page->run();
        QVERIFY(m_bench->workbench.started.empty());
        m_bench->workbench.deployAnswered({.version = 1, .problems = {}, .error = {}});
        QCOMPARE(m_bench->workbench.started.size(), std::size_t{1});
        m_bench->page->run();
        QCOMPARE(m_bench->workbench.deployedTexts.size(), std::size_t{1});
        QCOMPARE(m_bench->workbench.started.size(), std::size_t{2});
    }

    void stepsTravelOverTheClipboard()
    {
        m_bench->page->selectAll();
        m_bench->page->copy();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("\"first\"")));
        m_bench->page->paste();
        QCOMPARE(m_bench->page->document().flow().steps.size(), std::size_t{4});
        m_bench->page->cut();
        QCOMPARE(m_bench->page->document().flow().steps.size(), std::size_t{2});
    }

    void appendMenuAddsWhatIsTyped()
    {
        m_bench->page->reveal({"first"});
        m_bench->page->append();
        auto *search = m_bench->page->findChild<QLineEdit *>(QStringLiteral("append.search"));
        QTest::keyClicks(search, QStringLiteral("tim"));
        QTest::keyClick(search, Qt::Key_Return);
        const engine::Flow &flow = m_bench->page->document().flow();
        QVERIFY(engine::findStep(flow, {"timer"}));
        QCOMPARE(engine::transitionsFrom(flow.steps.front()).front().to, engine::StepId{"timer"});
        QVERIFY(m_bench->page->canvas().selection().steps == (std::set<engine::StepId>{{"timer"}}));
    }

    void theAppendMenuAddsAnApprovalAndFillsItsOutcomesInTurn()
    {
        const auto append = [&](const char *after, const QString &typed) {
            m_bench->page->reveal({after});
            m_bench->page->append();
            auto *search = m_bench->page->findChild<QLineEdit *>(QStringLiteral("append.search"));
            QTest::keyClicks(search, typed);
            QTest::keyClick(search, Qt::Key_Return);
        };
        const auto approval = [&] {
            const engine::Flow &flow = m_bench->page->document().flow();
            return std::get<engine::ApprovalStep>(engine::findStep(flow, {"approval"})->body);
        };
        append("first", QStringLiteral("appro"));
        const engine::Flow &flow = m_bench->page->document().flow();
        QCOMPARE(engine::transitionsFrom(flow.steps.front()).front().to, engine::StepId{"approval"});
        QCOMPARE(approval().outcomes.front().name, std::string("approve"));
        QCOMPARE(approval().outcomes.front().next, engine::StepId{"done"});
        append("approval", QStringLiteral("log"));
        QCOMPARE(approval().outcomes.back().next, engine::StepId{"log"});
    }

    void inspectorFollowsTheSelectionAndARename()
    {
        auto *id = m_bench->page->inspector()->findChild<QLineEdit *>(QStringLiteral("id"));
        m_bench->page->reveal({"first"});
        QCOMPARE(id->text(), QStringLiteral("first"));
        QVERIFY(m_bench->page->document().renameStep({"first"}, {"begin"}));
        QCOMPARE(id->text(), QStringLiteral("begin"));
        QVERIFY(m_bench->page->canvas().selection().steps == (std::set<engine::StepId>{{"begin"}}));
    }

    void selectingSeveralShowsWhatTheyShare()
    {
        m_bench->page->selectAll();
        QWidget *inspector = m_bench->page->inspector();
        QCOMPARE(inspector->findChild<QLineEdit *>(QStringLiteral("name"))->text(),
            QStringLiteral("2 step(s)"));
        QTest::mouseClick(
            inspector->findChild<QPushButton *>(QStringLiteral("several.delete")), Qt::LeftButton);
        QVERIFY(m_bench->page->document().flow().steps.empty());
        m_bench->page->undo();
        QCOMPARE(m_bench->page->document().flow().steps.size(), std::size_t{2});
    }

    void undoTextsAreThere()
    {
        m_bench->edit();
        QCOMPARE(m_bench->page->document().undoStack().undoText(), QStringLiteral("Name Changed"));
        m_bench->page->undo();
        QVERIFY(!m_bench->page->isModified());
        m_bench->page->redo();
        QVERIFY(m_bench->page->isModified());
    }

    void missingFileIsAnError()
    {
        DesignerPage page({m_bench->workbench, m_bench->folder.path()});
        QVERIFY(!page.open(QStringLiteral("/nowhere/none.flow.json")));
    }

private:
    std::unique_ptr<Bench> m_bench;
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    app::applyTheme(application, app::ThemeKind::Light);
    DesignerPageTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "designer_page_test.moc"
