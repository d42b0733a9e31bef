#include "engine/history/history_json.h"

#include "engine/history/message_json.h"
#include "tests/support/random_facts.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTest>

#include <algorithm>
#include <set>

using namespace engine;
using namespace tests;

namespace {

/// Every fact type as version 1 wrote it: once with every member, once with as few as can be.
std::vector<Fact> recordedFacts()
{
    const Source source{"rest", "shop"};
    const Failure failure{
        "HttpError", "503 from \"shop\"", JsonText::trusted(R"({"status":503})"), false};
    const Failure bareFailure{"Error", "", {}, true};
    const auto json = [](const char *text) { return JsonText::trusted(text); };
    return {
        ExecutionStarted{
            {"order-7"}, {"OrderFulfillment"}, 3, json(R"({"id":"7","sum":1.10})"), source},
        ExecutionStarted{{"order-8"}, {"OrderFulfillment"}, 1, {}, {"window", {}}},
        ExecutionStarted{{"ship-7"}, {"Shipping"}, 1, {}, {"instance", "order-7"},
            Parent{{"order-7"}, {3}, 9, true}, {4}, Instant{Milliseconds{1'763'683'200'123}}},
        ExecutionStarted{{"ship-8"}, {"Shipping"}, 1, {}, {"instance", "order-8"},
            Parent{{"order-8"}, {3}, 9}},
        ExecutionCompleted{json(R"({"status":"Completed"})"), {}},
        ExecutionCompleted{{}, failure},
        ExecutionTerminated{"no longer wanted", source},
        ExecutionTerminated{"", {"command", {}}},
        StepEntered{{"split/first"}, {"ship"}},
        StepEntered{{}, {"ship"}},
        StepLeft{
            {"split/first"}, {"ship"}, "error:HttpError", {"failed"}, json("null"), 4, failure},
        StepLeft{{}, {"done"}, "end", {}, {}, 0, {}},
        TaskScheduled{{"split/first"}, {"ship"}, "http", json(R"({"url":"http://shop"})")},
        TaskScheduled{{}, {"ship"}, "log", {}},
        TaskAttemptFailed{5, 2, failure},
        TaskAttemptFailed{5, 1, bareFailure},
        TaskCompleted{5, 3, json("[1,2]")},
        TaskCompleted{5, 1, {}},
        TaskFailed{5, 3, failure},
        TaskFailed{5, 1, bareFailure},
        TaskCanceled{5},
        TimerCreated{{"split/first"}, {"wait"}, TimerPurpose::Timeout,
            Instant{Milliseconds{1'763'683'200'123}}, 9},
        TimerCreated{{}, {"ship"}, TimerPurpose::Retry, Instant{Milliseconds{1}}, 5},
        TimerCreated{{}, {"pause"}, TimerPurpose::Step, Instant{Milliseconds{0}}, 0},
        TimerCreated{{}, {"ask"}, TimerPurpose::Due, Instant{Milliseconds{1}}, 9},
        TimerCreated{{}, {"ask"}, TimerPurpose::Reminder, Instant{Milliseconds{1}}, 9},
        TimerCreated{{}, {"ask"}, TimerPurpose::Escalation, Instant{Milliseconds{1}}, 9},
        TimerFired{10},
        TimerCanceled{10},
        EventRaised{"PaymentConfirmed", json(R"({"success":true})"), "tx-1",
            BranchPath{"split/first"}, source},
        EventRaised{"Zahlung bestätigt", {}, {}, {}, source},
        EventRaised{"Paid", {}, {}, {}, source, Instant{Milliseconds{1}}},
        EventRaised{"Approval", json(R"({"outcome":"approve"})"), {}, BranchPath{}, source, {}, 9},
        EventTaken{12, 9},
        WaitOpened{{"split/first"}, {"wait"}, {"Paid", "Packed"}, 2},
        WaitOpened{{}, {"wait"}, {}, 1},
        WaitOpened{{}, {"gather"}, {"Paid"}, 100, true},
        WaitClosed{9},
        VariablesSet{
            {{"total", json("1.10")}, {"open \"x\"", json("false")}}, {{"log", json("{}")}}},
        VariablesSet{},
        CustomStatusSet{json(R"({"stage":"Shipped"})")},
        DecisionYielded{},
        ExecutionSuspended{"wait for the bank", source},
        ExecutionSuspended{"", {"command", {}}},
        ExecutionResumed{"the bank is back", source},
        ExecutionResumed{"", {"command", {}}},
        TimerPaused{10},
        EventIgnored{"PaymentConfirmed", "tx-1", "/success: must be a boolean", source},
        EventIgnored{"PaymentConfirmed", {}, "/success: must be a boolean", source},
        EventDeleted{12, "sent by mistake", source},
        EventDeleted{12, "", source},
        EventHandedOn{12, {"order-8"}, "was meant for it", source},
        EventHandedOn{12, {"order-8"}, "", source},
        WhereFailed{9, 12, "step 'wait': 'where' throws TypeError"},
        RegionOpened{{"split/first"}, {"each"}, 3, 2, json(R"([1,"two",{"n":3}])")},
        RegionOpened{{}, {"split"}, 2, 2, {}},
        BranchOpened{7, {"split/first/each/0"}, "do", {"work"}},
        BranchCompleted{{"split/first/each/0"}},
        BranchFailed{{"split/first"}},
        RegionJoined{7},
        RegionFailed{7},
        ExecutionContinuedAsNew{json(R"({"n":2})")},
        EventIdsCarried{{"4:paidtx-1", "6:packede \"1\""}},
        SubFlowScheduled{{"split/first"}, {"ship"}, {"ship-7"}, {"Shipping"}, 2, json("[7]"), true},
        SubFlowScheduled{{}, {"ship"}, {"ship-7"}, {"Shipping"}, {}, {}},
        SubFlowCompleted{14, json("[1,2]")},
        SubFlowFailed{14, failure},
        SubFlowCanceled{14, true},
        SubFlowCanceled{14},
        EventSent{{"split/first"}, {"tell"}, {"order-8"}, "Packed", json("true")},
        EventSent{{}, {"tell"}, {"order-8"}, "Packed", {}},
        TaskOpened{{"split/first"}, {"ask"}, "Approval", "Expense of Ann", "120 EUR", {"bob", "cid"}},
        TaskOpened{{}, {"ask"}, "Approval", "Ask", "", {}},
        TaskAnswered{9, 12, "bob", "approve"},
        TaskClosed{9, TaskEnd::Decided, ""},
        TaskClosed{9, TaskEnd::Due, ""},
        TaskClosed{9, TaskEnd::Withdrawn, "no longer wanted"},
        TaskClaimed{9, "bob", source},
        TaskClaimed{9, "", source},
        TaskReassigned{9, {"dan"}, "on leave", source},
        TaskReassigned{9, {"dan", "eve"}, "", source},
        TaskCommented{9, "bob", "which one?", true, source},
        TaskCommented{9, "ann", "the red one", false, source},
        TaskReminded{9, 2},
        TaskEscalated{9, 1, {"bob", "boss"}},
        InterruptBegan{12, "Stop", {"split/first/!Stop/2"}, {"hold"}, 7, BranchPath{"split/first"},
            true, 9},
        InterruptBegan{12, "Stop", {"!Stop/1"}, {"hold"}},
        InterruptEnded{14, failure},
        InterruptEnded{14},
        InterruptDropped{12, 15},
        InterruptDropped{12},
        InstanceRewound{"the bank is back", source, 9, Parent{{"order-7"}, {3}, 9}},
        InstanceRewound{"", {"command", {}}, 9, {}},
        BranchRewound{{"split/first"}, {"ship"}, 7, 14, {"ship-7"}},
        BranchRewound{},
        EventKeptAgain{12, "Paid", "tx-1", json("1"), BranchPath{"split/first"}, source,
            Instant{Milliseconds{1}}},
        EventKeptAgain{12, "Paid"},
        VariablesEdited{{{"total", json("1.10")}}, "it was wrong", source},
        StepSkipped{{"split/first"}, {"wait"}, "it came by mail", source},
        StepSkipped{{}, {"wait"}, "it came by mail", {"command", {}}},
        BranchMoved{{"split/first"}, {"wait"}, {"ship"}, "it was paid", source},
        BranchMoved{{}, {"wait"}, {"ship"}, "it was paid", {"command", {}}},
        EventRaised{"Paid", {}, {}, {}, source, {}, 0, "order-7"},
        EventTaken{12, 9, "paid"},
        WaitOpened{{}, {"wait"}, {"Paid", "Packed"}, 2, false, {"order-7", ""}},
        CorrelationOpened{{}, 0, {"Stop"}, {"order-7"}},
        CorrelationOpened{{"split/first"}, 7, {"Stop", "Hold"}, {"order-7", "x"}},
        CorrelationClosed{14},
    };
}

QString recording(std::string_view type)
{
    return QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/cases/histories/v1/%1.json")
        .arg(QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
}

std::string contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toStdString() : "";
}

} // namespace

class HistoryJsonTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFactTypeIsRecorded();
    void recordingsOfVersionOneReadForEver_data();
    void recordingsOfVersionOneReadForEver();
    void writtenReadAndWrittenAgainGivesTheSameBytes();
    void whatIsReadIsWhatWasWritten();
    void messagesReadAsTheyWereWritten();
    void everyDamagedByteIsAnErrorOrAnotherHistory();
    void everyCutTextIsAnError();
    void faultsAreNamed_data();
    void faultsAreNamed();
    void otherVersionsAreRefused();
    void invalidCharactersAreReplaced();
    void theTreeShowsTimesAsText();
};

void HistoryJsonTest::everyFactTypeIsRecorded()
{
    std::set<std::string_view> types;
    for (const Fact &fact : recordedFacts())
        types.insert(typeName(fact));
    QCOMPARE(types.size(), std::variant_size_v<Fact>);
    for (const auto type : types)
        QVERIFY2(QFile::exists(recording(type)), std::string(type).c_str());
}

void HistoryJsonTest::recordingsOfVersionOneReadForEver_data()
{
    QTest::addColumn<std::size_t>("kind");
    std::vector<std::string_view> done;
    for (const Fact &fact : recordedFacts()) {
        if (std::ranges::find(done, typeName(fact)) == done.end())
            QTest::newRow(done.emplace_back(typeName(fact)).data()) << fact.index();
    }
}

void HistoryJsonTest::recordingsOfVersionOneReadForEver()
{
    QFETCH(const std::size_t, kind);
    std::vector<Fact> facts = recordedFacts();
    std::erase_if(facts, [kind](const Fact &fact) { return fact.index() != kind; });
    const std::string text = contentOf(recording(typeName(facts.front())));
    const auto read = factsFromText(text, 1);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QVERIFY(*read == facts);
    QCOMPARE(factsToText(facts), text);
}

void HistoryJsonTest::writtenReadAndWrittenAgainGivesTheSameBytes()
{
    RandomFacts random(1);
    for (int round = 0; round < 2'000; ++round) {
        const std::string text = factsToText(random.facts(static_cast<std::size_t>(round % 7)));
        const auto read = factsFromText(text, historyVersion);
        QVERIFY2(read, text.c_str());
        QCOMPARE(factsToText(*read), text);
    }
}

void HistoryJsonTest::whatIsReadIsWhatWasWritten()
{
    RandomFacts random(2);
    for (std::size_t kind = 0; kind < std::variant_size_v<Fact>; ++kind) {
        for (int round = 0; round < 100; ++round) {
            const std::vector facts{random.fact(kind), random.fact()};
            const auto read = factsFromText(factsToText(facts), historyVersion);
            QVERIFY2(read, factsToText(facts).c_str());
            QVERIFY2(*read == facts, factsToText(facts).c_str());
        }
    }
}

void HistoryJsonTest::messagesReadAsTheyWereWritten()
{
    RandomFacts random(3);
    for (int round = 0; round < 2'000; ++round) {
        const Message message = random.message();
        const auto read = messageFromText(messageToText(message));
        QVERIFY2(read, messageToText(message).c_str());
        QVERIFY2(*read == message, messageToText(message).c_str());
    }
    QCOMPARE(messageFromText(R"({"type":"GoOff","instance":"a","run":1})").error().code,
        ErrorCode::Damaged);
    QCOMPARE(messageFromText(R"({"type":"GoOn","instance":"a"})").error().code, ErrorCode::Damaged);
    QCOMPARE(messageFromText("").error().code, ErrorCode::Damaged);
}

/// A changed letter within a string can be a history too; the store's checksum finds that. Here:
/// never a crash, and never something that cannot be written and read back.
void HistoryJsonTest::everyDamagedByteIsAnErrorOrAnotherHistory()
{
    int errors = 0;
    std::size_t bytes = 0;
    for (const Fact &fact : recordedFacts()) {
        const std::string text = factsToText({fact});
        bytes += text.size();
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (const int mask : {0x01, 0x02, 0x20, 0x80, 0xff}) {
                std::string damaged = text;
                damaged[at] = static_cast<char>(damaged[at] ^ mask);
                const auto read = factsFromText(damaged, historyVersion);
                if (!read) {
                    QCOMPARE(read.error().code, ErrorCode::Damaged);
                    ++errors;
                    continue;
                }
                const auto again = factsFromText(factsToText(*read), historyVersion);
                QVERIFY2(again, damaged.c_str());
                QVERIFY(*again == *read);
            }
        }
    }
    QVERIFY(errors > static_cast<int>(bytes));
}

void HistoryJsonTest::everyCutTextIsAnError()
{
    const std::string text = factsToText(recordedFacts());
    for (std::size_t length = 0; length < text.size(); ++length)
        QVERIFY(!factsFromText(std::string_view(text).substr(0, length), historyVersion));
    QVERIFY(!factsFromText(text + "]", historyVersion));
    QVERIFY(!factsFromText(text + ",", historyVersion));
}

void HistoryJsonTest::faultsAreNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const char *text, const char *part) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(part);
    };
    row("no list", R"({"type":"TimerFired","timer":1})", "no JSON list");
    row("no object", R"([7])", "fact 1 of the row: is no JSON object");
    row("no type", R"([{"timer":1}])", "'type' is missing");
    row("unknown type", R"([{"type":"TimerFired","timer":1},{"type":"TimerLost","timer":1}])",
        "fact 2 of the row: unknown type 'TimerLost'");
    row("missing", R"([{"type":"TimerFired"}])", "TimerFired: 'timer' is missing");
    row("unknown member", R"([{"type":"TimerFired","timer":1,"late":true}])",
        "'late' is not known");
    row("twice", R"([{"type":"TimerFired","timer":1,"timer":2}])",
        "'timer' is not known here or is there twice");
    row("a fraction", R"([{"type":"TimerFired","timer":1.0}])", "'timer' must be an integer");
    row("too great", R"([{"type":"TimerFired","timer":9223372036854775808}])",
        "must be an integer");
    row("out of range", R"([{"type":"TaskCompleted","task":1,"attempt":4294967297,"result":1}])",
        "'attempt' is out of range");
    row("no string", R"([{"type":"StepEntered","step":7}])", "'step' must be a string");
    row("half a pair", R"([{"type":"StepEntered","step":"\ud800"}])", "'step' must be a string");
    row("no payload", R"([{"type":"CustomStatusSet","status":nul}])", "'status' is no JSON value");
    row("crossed brackets", R"([{"type":"CustomStatusSet","status":[}}])",
        "'status' is no JSON value");
    row("no purpose", R"([{"type":"TimerCreated","step":"a","purpose":"fun","fireAt":1}])",
        "'purpose' must be");
}

void HistoryJsonTest::faultsAreNamed()
{
    QFETCH(const QString, text);
    QFETCH(const QString, part);
    const auto read = factsFromText(text.toStdString(), historyVersion);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Damaged);
    QVERIFY2(read.error().message.find(part.toStdString()) != std::string::npos,
        read.error().message.c_str());
}

void HistoryJsonTest::otherVersionsAreRefused()
{
    QCOMPARE(factsFromText("[]", 0).error().code, ErrorCode::Damaged);
    const auto newer = factsFromText("[]", historyVersion + 1);
    QCOMPARE(newer.error().code, ErrorCode::Damaged);
    QVERIFY(newer.error().message.find("version 2") != std::string::npos);
}

void HistoryJsonTest::invalidCharactersAreReplaced()
{
    const std::vector<Fact> facts{ExecutionTerminated{"half \xc3", {"rest", "\xff"}}};
    const std::string text = factsToText(facts);
    const auto read = factsFromText(text, historyVersion);
    QVERIFY2(read, text.c_str());
    QCOMPARE(factsToText(*read), text);
}

void HistoryJsonTest::theTreeShowsTimesAsText()
{
    const HistoryEvent event{12, Instant{Milliseconds{1'500}},
        TimerCreated{{}, {"wait"}, TimerPurpose::Timeout, Instant{Milliseconds{90'000}}, 9}};
    QCOMPARE(toJson(event).dump(),
        std::string(
            R"({"about":9,"at":"1970-01-01T00:00:01.500Z",)"
            R"("fireAt":"1970-01-01T00:01:30.000Z","purpose":"timeout","sequence":12,"step":"wait",)"
            R"("type":"TimerCreated"})"));
    const HistoryEvent failed{3, Instant{},
        TaskFailed{2, 1, {"HttpError", "503", JsonText::trusted(R"({"status":503})"), false}}};
    QCOMPARE(toJson(failed)["failure"].dump(),
        std::string(R"({"details":{"status":503},"message":"503","retriable":false,)"
                    R"("type":"HttpError"})"));
}

QTEST_GUILESS_MAIN(HistoryJsonTest)
#include "history_json_test.moc"
