#include "app/command_line/help.h"
#include "app/command_line/manual.h"
#include "app/command_line/verbs.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QTest>

using namespace app;

namespace {

/// As it is read: without the language of the page, blanks and breaks alike.
std::string read(std::string text)
{
    for (const auto &[written, meant] : std::vector<std::pair<std::string, std::string>>{
             {"\\-", "-"}, {"\\(aq", "'"}, {"\\(ti", "~"}, {"\\(ha", "^"}, {"\\fB", ""},
             {"\\fI", ""}, {"\\fR", ""}, {"\\&", ""}, {"\\e", "\\"}, {"...", "…"}, {"\n", " "}})
        for (std::size_t at = 0; (at = text.find(written, at)) != std::string::npos;
             at += meant.size())
            text.replace(at, written.size(), meant);
    return text;
}

/// The part of a section or a verb.
std::string partOf(const std::string &manual, const std::string &head)
{
    const auto begin = manual.find(head + "\n");
    if (begin == std::string::npos)
        return {};
    const auto end = manual.find("\n.S", begin + 1);
    return manual.substr(begin, end - begin);
}

} // namespace

class ManualTest : public QObject
{
    Q_OBJECT

private slots:
    void everyVerbAndOptionIsThere()
    {
        const std::string manual = manualText();
        for (const Verb &verb : verbs()) {
            const std::string name(verb.form.name);
            const std::string part = read(partOf(manual, ".SS " + name));
            QVERIFY2(part.find(verb.form.purpose) != std::string::npos, name.c_str());
            for (const OptionForm &option : verb.form.options)
                QVERIFY2(part.find(std::string(option.name) + " ") != std::string::npos &&
                             part.find(option.purpose) != std::string::npos,
                    (name + " " + std::string(option.name)).c_str());
            for (const UseForm &use : verb.form.uses)
                QVERIFY2(part.find(use.deed) != std::string::npos &&
                             part.find(use.words) != std::string::npos,
                    part.c_str());
            for (const ExampleForm &example : verb.form.examples)
                QVERIFY2(
                    read(partOf(manual, ".SH EXAMPLES")).find(example.words) != std::string::npos,
                    name.c_str());
        }
        for (const OptionForm &option : targetOptions())
            QVERIFY(read(partOf(manual, ".SH OPTIONS")).find(option.purpose) != std::string::npos);
    }

    void everySectionIsThere()
    {
        const std::string manual = manualText();
        for (const char *section : {"NAME", "SYNOPSIS", "DESCRIPTION", "VERBS", "OPTIONS",
                 "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"})
            QVERIFY2(
                manual.find(".SH " + std::string(section) + "\n") != std::string::npos, section);
    }

    void theHelpSaysTheSame()
    {
        for (const Verb &verb : verbs()) {
            const std::string text = helpText(verb.form.name);
            for (const OptionForm &option : allOptions(verb.form))
                QVERIFY2(option.name == "--help" ||
                             (text.find(std::string(option.name) + " ") != std::string::npos &&
                                 text.find(option.purpose) != std::string::npos),
                    text.c_str());
            for (const UseForm &use : verb.form.uses)
                QVERIFY2(text.find(usageLine(verb.form, use)) != std::string::npos, text.c_str());
            QVERIFY(helpText({}).find(verb.form.purpose) != std::string::npos);
        }
    }

    void everyExampleIsUnderstood()
    {
        for (const Verb &verb : verbs())
            for (const ExampleForm &example : verb.form.examples) {
                std::string line(example.words);
                line = line.substr(0, line.find_first_of("|><"));
                std::vector<std::string> words;
                for (const QString &word :
                    QProcess::splitCommand(QString::fromStdString(line)
                                               .replace(u'"', QStringLiteral("\"\"\""))
                                               .replace(u'\'', u'"')))
                    words.push_back(word.toStdString());
                const auto command = commandFrom(words);
                QVERIFY2(command, (line + ": " + (command ? "" : command.error().message)).c_str());
            }
    }

    void otherProgramsReadItWithoutAComplaint_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("mandoc") << QStringLiteral("mandoc")
                                << QStringList{QStringLiteral("-T"), QStringLiteral("lint")};
        QTest::newRow("man") << QStringLiteral("man")
                             << QStringList{QStringLiteral("--warnings"), QStringLiteral("-l")};
    }
    void otherProgramsReadItWithoutAComplaint()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, words);
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP("the program is not installed");
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(QByteArray::fromStdString(manualText()));
        file.close();
        QProcess process;
        process.start(program, words + QStringList{file.fileName()});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        if (program == QStringLiteral("mandoc"))
            QCOMPARE(process.readAllStandardOutput(), QByteArray());
        else
            QVERIFY(process.readAllStandardOutput().contains("EXIT STATUS"));
    }
};

QTEST_GUILESS_MAIN(ManualTest)
#include "manual_test.moc"
