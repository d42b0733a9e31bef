#include "app/command_line/completion_words.h"
#include "app/command_line/verbs.h"

#include <QTest>

#include <algorithm>

using namespace app;

namespace {

/// The words that are offered, with a blank between, and what of files.
std::string offered(const std::vector<std::string> &words, const LiveWords &live)
{
    const Completion completion = completionOf(words, live);
    std::string list;
    for (const Candidate &one : completion.candidates)
        list += (list.empty() ? "" : " ") + one.word;
    if (completion.files == Completion::Files::Any)
        list += " FILES";
    if (completion.files == Completion::Files::Directories)
        list += " DIRECTORIES";
    return list;
}

} // namespace

class CompletionWordsTest : public QObject
{
    Q_OBJECT

private slots:
    void whatMayFollowIsOffered_data()
    {
        QTest::addColumn<std::vector<std::string>>("words");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *title, std::vector<std::string> words,
                             const char *expected) {
            QTest::newRow(title) << std::move(words) << std::string(expected);
        };
        row("a verb", {"re"}, "resume retry rewind restart reject");
        row("no verb, perhaps a file", {"order"}, " FILES");
        row("an option of the window", {"--po"}, "--port");
        row("files of the window", {"--port", "1", ""}, " FILES");
        row("behind an unknown verb", {"frobnicate", ""}, "");
        row("an option", {"raise", "--e"}, "--event-id");
        row("not one that is there", {"start", "--id", "7", "--i"}, "--input");
        row("options where no word comes", {"health", ""}, "--data --url --key --json --help");
        row("a directory", {"list", "--data", ""}, " DIRECTORIES");
        row("a directory behind =", {"list", "--data=x"}, " DIRECTORIES");
        row("nothing for a free text", {"suspend", "7", "--reason", ""}, "");
        row("states", {"list", "--status", "Co"}, "Completed");
        row("states of a list", {"list", "--status", "Failed,C"}, "Failed,Completed");
        row("states behind =", {"list", "--status=Failed,C"}, "--status=Failed,Completed");
        row("deeds", {"keys", ""}, "list make rotate revoke");
        row("options of a deed", {"keys", "make", "--s"}, "--scope");
        row("not of another", {"keys", "revoke", "--s"}, "");
        row("verbs to explain", {"help", "comp"}, "completion");
        row("shells", {"completion", ""}, "bash zsh");
        row("a flow file", {"deploy", ""}, " FILES");
        row("no second one", {"deploy", "a", "b"}, "");
        row("none with a filter", {"purge", "--status", "Failed", "x"}, "");
    }
    void whatMayFollowIsOffered()
    {
        QFETCH(std::vector<std::string>, words);
        QFETCH(std::string, expected);
        const auto nobody = [](const OpenWord &) -> std::vector<Candidate> {
            qFatal("nothing of the engine is meant here");
        };
        QCOMPARE(offered(words, nobody), expected);
    }

    void theEngineIsAskedForWhatItKnows_data()
    {
        QTest::addColumn<std::vector<std::string>>("words");
        QTest::addColumn<int>("offer");
        QTest::addColumn<std::string>("before");
        const auto row = [](const char *title, std::vector<std::string> words, Offer offer,
                             const char *before = "") {
            QTest::newRow(title) << std::move(words) << int(offer) << std::string(before);
        };
        row("an instance", {"show", "x"}, Offer::Instances);
        row("one behind --", {"show", "--", "x"}, Offer::Instances);
        row("several of them", {"suspend", "7", "8", "x"}, Offer::Instances, "7 8");
        row("the value of an option", {"list", "--flow", "x"}, Offer::Flows);
        row("the same behind =", {"list", "--flow=x"}, Offer::Flows);
        row("an event", {"raise", "--data", "d", "7", "x"}, Offer::AwaitedEvents, "7");
        row("an outcome", {"answer", "17-5", "x"}, Offer::Outcomes, "17-5");
        row("a task of a deed", {"tasks", "claim", "x"}, Offer::Tasks);
        row("an entry", {"events", "delete", "x"}, Offer::Undelivered);
        row("a step", {"skip", "7", "x"}, Offer::Steps, "7");
        row("a key", {"keys", "revoke", "x"}, Offer::Keys);
        row("a webhook", {"webhooks", "remove", "x"}, Offer::Webhooks);
    }
    void theEngineIsAskedForWhatItKnows()
    {
        QFETCH(std::vector<std::string>, words);
        QFETCH(int, offer);
        QFETCH(std::string, before);
        words.insert(words.begin() + 1, {"--url", "http://a", "--key=k"});
        bool isAsked = false;
        const auto list = offered(words, [&](const OpenWord &open) -> std::vector<Candidate> {
            isAsked = true;
            std::string said;
            for (const std::string &word : open.before)
                said += (said.empty() ? "" : " ") + word;
            if (int(open.form.offer) != offer || open.begin != "x" || said != before ||
                open.target.url != "http://a" || open.target.key != "k")
                return {};
            return {{"x1", "one"}, {"y", "other"}, {"x2", "two"}};
        });
        QVERIFY(isAsked);
        const bool isBehind = words.back().starts_with("--flow=");
        QCOMPARE(list, std::string(isBehind ? "--flow=x1 --flow=x2" : "x1 x2"));
    }

    void everyVerbIsWholeInTheTable()
    {
        for (const Verb &verb : verbs()) {
            const std::string name(verb.form.name);
            QVERIFY2(!verb.form.purpose.empty() && !verb.form.group.empty(), name.c_str());
            QVERIFY2(!verb.form.uses.empty(), name.c_str());
            QVERIFY2(name == "help" || !verb.form.examples.empty(), name.c_str());
            for (const OptionForm &option : allOptions(verb.form)) {
                QVERIFY2(option.name.starts_with("--") && !option.purpose.empty(), name.c_str());
                for (const std::string_view deed : wordsIn(option.deeds))
                    QVERIFY2(std::ranges::find(verb.form.uses, deed, &UseForm::deed) !=
                                 verb.form.uses.end(),
                        name.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(CompletionWordsTest)
#include "completion_words_test.moc"
