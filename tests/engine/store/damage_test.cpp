#include "engine/runtime/summary.h"
#include "engine/store/sqlite/page_checksums.h"
#include "engine/store/sqlite/page_scan.h"
#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_mend.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "tests/support/engine_world.h"
#include "tests/support/random_facts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QVariant>

#include <algorithm>
#include <filesystem>
#include <map>

using namespace engine;
using namespace tests;
using namespace Qt::StringLiterals;

namespace {

constexpr auto orderFlow =
    R"({ "signalbox": 1, "name": "Order", "variables": { "seen": [] }, "start": "wait", "steps": {
    "wait": { "kind": "wait", "event": "A", "timeout": "P1D", "next": "seen", "onTimeout": "done" },
    "seen": { "kind": "set", "append": { "seen": "=steps.wait" }, "next": "wait" },
    "done": { "kind": "end", "output": "=vars.seen" } } })";
constexpr auto askingFlow = R"({ "signalbox": 1, "name": "Asking", "start": "ask", "steps": {
    "ask": { "kind": "approval", "title": "Yes?", "assignees": ["ann"], "due": "PT2H", "onTimeout": "wait",
        "outcomes": { "yes": { "kind": "positive", "next": "wait" }, "no": { "kind": "negative", "next": "done" } } },
    "wait": { "kind": "wait", "event": "A", "next": "done" },
    "done": { "kind": "end" } } })";
constexpr auto callingFlow = R"({ "signalbox": 1, "name": "Calling", "start": "call", "steps": {
    "call": { "kind": "activity", "activity": "log", "with": { "message": "=input" }, "next": "wait" },
    "wait": { "kind": "wait", "event": "A", "next": "done" },
    "done": { "kind": "end", "output": "=steps.call" } } })";

Result<InstanceSummary> summarize(const std::vector<HistoryRow> &rows)
{
    try {
        return summaryOf(replay(rows));
    } catch (const std::exception &fault) {
        return Error{ErrorCode::Damaged, fault.what(), {}};
    }
}

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

std::unique_ptr<SqliteStore> opened(const std::string &directory)
{
    auto store = SqliteStore::open(directory);
    if (!store)
        qFatal("%s", store.error().message.c_str());
    return *std::move(store);
}

/// All that is known of an engine's instances.
struct Known {
    std::map<std::string, InstanceSummary> summaries;
    std::map<std::string, std::vector<HistoryRow>> histories;
    std::vector<StoredMessage> inbox;
    std::vector<UndeliveredEvent> undelivered;
};

std::vector<std::string> namesOf(const char *prefix, int count)
{
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        names.push_back(prefix + std::to_string(i));
    return names;
}

constexpr int orders = 36;
constexpr int others = 12; ///< of either kind

std::vector<std::string> allNames()
{
    std::vector<std::string> names;
    for (const auto &[prefix, count] :
        {std::pair("order-", orders), {"ask-", others}, {"call-", others}})
        std::ranges::move(namesOf(prefix, count), std::back_inserter(names));
    return names;
}

/// A database with instances of every kind, with its bytes.
class Populated
{
public:
    Populated()
    {
        const QTemporaryDir directory;
        const std::string path = directory.path().toStdString();
        {
            const auto store = opened(path);
            EngineWorld world(1, {.allowed = {"all"}}, store.get());
            live(world);
            known = look(*store);
        }
        known.undelivered = *(*SqliteReader::open(path))->undelivered(100);
        file = contentOf(databaseFile(directory.path()));
        afterwards = goOn(path);
    }

    static Known look(Store &store)
    {
        Known known;
        for (const std::string &name : allNames()) {
            auto summary = store.find({name});
            if (!summary || !*summary)
                continue;
            known.summaries[name] = **summary;
            if (auto rows = store.history((*summary)->run))
                known.histories[name] = *std::move(rows);
        }
        if (auto recovered = store.recover())
            known.inbox = recovered->inbox;
        return known;
    }

    /// Starts an engine on a directory, raises an event for each instance, and looks.
    Known goOn(const std::string &directory)
    {
        const auto store = opened(directory);
        EngineWorld world(2, {.allowed = {"all"}}, store.get());
        world.clock.advance(std::chrono::hours(1));
        answers.clear();
        for (const std::string &name : allNames())
            world.submit(eventFor(name, "A", "{\"again\":true}", "again"));
        if (const auto settled = world.settle(); !settled)
            qFatal("%s", settled.error().message.c_str());
        for (const auto &answer : world.answers)
            answers.push_back(*answer);
        Known after = look(*store);
        // New ones can be started, too.
        (void)world.deploy(orderFlow, true);
        const auto fresh = world.send(startOf("fresh", "Order"));
        if (!fresh)
            qFatal("%s", fresh.error().message.c_str());
        return after;
    }

    Known known;
    Known afterwards;
    QByteArray file;
    std::vector<Result<Accepted>> answers; ///< of goOn(), in the order of allNames()

private:
    static void live(EngineWorld &world)
    {
        for (const char *flow : {orderFlow, askingFlow, callingFlow}) {
            const auto deployed = world.deploy(flow, true);
            if (!deployed || deployed->version == 0)
                qFatal("a flow is wrong: %s",
                    deployed ? message(deployed->problems.front()).c_str() : "");
        }
        RandomFacts random(5);
        for (const std::string &name : namesOf("order-", orders))
            world.submit(startOf(name, "Order", random.json().text()));
        for (const std::string &name : namesOf("ask-", others))
            world.submit(startOf(name, "Asking"));
        for (const std::string &name : namesOf("call-", others))
            world.submit(startOf(name, "Calling", "\"" + name + "\""));
        settle(world);
        for (int round = 0; round < 6; ++round) {
            for (const std::string &name : namesOf("order-", orders))
                world.submit(eventFor(name, round % 3 == 2 ? "Early" : "A",
                    JsonText::ofString(std::string(std::size_t(random.number(1, 500)), 'x')).text(),
                    "e" + std::to_string(round)));
            settle(world);
        }
        // Results that wait in the inbox for a resume, and others that are taken.
        for (int i = 0; i < 6; ++i)
            world.submit(
                {{"call-" + std::to_string(i)}, {}, SuspendInstance{"", {"rest", "test"}}});
        settle(world);
        while (
            auto result = world.activities.finishOldest(JsonText::ofString(std::string(200, 'r'))))
            if (result->instance.value != "call-11")
                world.submit(*std::move(result));
        for (int i = 0; i < 30; ++i)
            world.submit(eventFor("nobody-" + std::to_string(i), "A", "[1,2,3]"));
        settle(world);
    }

    static void settle(EngineWorld &world)
    {
        if (const auto settled = world.settle(); !settled)
            qFatal("%s", settled.error().message.c_str());
    }
};

bool mentions(const std::vector<std::string> &lines, const std::string &part)
{
    return std::ranges::any_of(
        lines, [&](const std::string &line) { return line.find(part) != std::string::npos; });
}

} // namespace

/// Bytes of the database that are not what was written (semantics 11.2, 11.3, 11.4).
class DamageTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Populated> m_populated;
    std::unique_ptr<QTemporaryDir> m_directory;

    QString file() const { return databaseFile(m_directory->path()); }
    std::string path() const { return m_directory->path().toStdString(); }
    void lay(const QByteArray &content)
    {
        m_directory = std::make_unique<QTemporaryDir>();
        write(file(), content);
    }
    /// As a store that had it open leaves it, with the copy of its head; then a byte is flipped.
    QByteArray layFlipped(qsizetype place, int mask)
    {
        lay(m_populated->file);
        opened(path());
        writeAt(place, m_populated->file[place] ^ char(mask));
        return contentOf(file());
    }
    Result<std::vector<std::string>> mend() const { return mendIfDamaged(path(), summarize); }
    QByteArray flipped(qsizetype place, int mask) const
    {
        QByteArray damaged = m_populated->file;
        damaged[place] = static_cast<char>(damaged[place] ^ mask);
        return damaged;
    }

    void writeAt(qsizetype place, int byte) const
    {
        QFile raw(file());
        if (!raw.open(QIODevice::ReadWrite) || !raw.seek(place) || !raw.putChar(char(byte)))
            qFatal("cannot write %s", qPrintable(file()));
    }

    void checkUntouched(const std::vector<std::string> &lines);
    void checkUnmended();

private slots:
    void initTestCase() { m_populated = std::make_unique<Populated>(); }
    void aWholeDatabaseIsLeftAlone();
    void everyFlippedByteIsFoundAndWhatIsNotDamagedGoesOn();
    void aDamagedHeadIsTakenFromItsCopy();
    void whatStoodInTheLogAloneIsTakenOverWithTheHead();
    void aHeadOfAnotherFileIsNotTaken();
    void aDamagedHeadWithoutACopyIsSaidAndNothingIsMade();
    void aTableOrIndexThatIsMissingIsMadeAgain();
    void damageThatIsMetIsMendedAtTheNextStart();
    void aScanFindsEveryFlippedByteWhileTheDatabaseIsInUse();
    void aTornPageThatTheLogStillHasIsNoDamage();
    void aScanThatIsStoppedSaysNothing();
    void manyDamagedPagesCostTheirRowsAlone();
    void aFileThatIsCutOffKeepsWhatIsLeft();
    void whatIsCutOffUnderAnOpenStoreIsNotShownAsZeros();
    void aHistoryThatEndsTooEarlyIsDamage();
};

void DamageTest::aWholeDatabaseIsLeftAlone()
{
    lay(m_populated->file);
    const auto lines = mend();
    QVERIFY2(lines, lines ? "" : lines.error().message.c_str());
    QVERIFY(lines->empty());
    QCOMPARE(contentOf(file()), m_populated->file);
    const PageReport pages = checkPages(file());
    QVERIFY(pages.hasChecksums);
    QVERIFY(pages.damaged.empty());
    QVERIFY(m_populated->file.size() > 40 * 4096);
    QVERIFY(m_populated->known.inbox.size() >= 6);
    QCOMPARE(m_populated->known.undelivered.size(), std::size_t(30));
}

/// What can be read is what was written, and whatever cannot be is said in `lines`.
void DamageTest::checkUntouched(const std::vector<std::string> &lines)
{
    const bool flowsAreGone = mentions(lines, "rows of table flow");
    const Known seen = m_populated->look(*opened(path()));
    const auto undelivered = *(*SqliteReader::open(path()))->undelivered(100);
    const Known after = m_populated->goOn(path());
    std::size_t at = 0;
    for (const std::string &name : allNames()) {
        const auto &answer = m_populated->answers[at++];
        const std::string said = "instance '" + name + "' is set aside";
        if (mentions(lines, said)) {
            QVERIFY2(!answer, name.c_str());
            QVERIFY2(seen.summaries.contains(name), name.c_str());
            QVERIFY(!seen.summaries.at(name).setAside.empty());
            QVERIFY(!seen.histories.contains(name));
            continue;
        }
        QVERIFY2(seen.summaries.contains(name), name.c_str());
        QVERIFY2(seen.summaries.at(name) == m_populated->known.summaries.at(name), name.c_str());
        QVERIFY2(seen.histories.at(name) == m_populated->known.histories.at(name), name.c_str());
        if (flowsAreGone && !answer)
            continue;
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QVERIFY2(
            after.summaries.at(name) == m_populated->afterwards.summaries.at(name), name.c_str());
        QVERIFY2(
            after.histories.at(name) == m_populated->afterwards.histories.at(name), name.c_str());
    }
    QVERIFY(seen.inbox == m_populated->known.inbox || mentions(lines, "rows of table inbox"));
    QVERIFY(undelivered == m_populated->known.undelivered ||
            mentions(lines, "rows of table undelivered"));
}

/// The same file without being mended: what is answered is right, or it is an error.
void DamageTest::checkUnmended()
{
    auto store = SqliteStore::open(path());
    if (!store) {
        QCOMPARE(store.error().code, ErrorCode::Damaged);
        return;
    }
    for (const auto &[name, summary] : m_populated->known.summaries) {
        const auto found = (*store)->find({name});
        QVERIFY2(!found || (*found && **found == summary), name.c_str());
        const auto rows = (*store)->history(summary.run);
        QVERIFY2(!rows || *rows == m_populated->known.histories.at(name), name.c_str());
    }
    const auto recovered = (*store)->recover();
    QVERIFY(!recovered || recovered->inbox == m_populated->known.inbox);
}

void DamageTest::everyFlippedByteIsFoundAndWhatIsNotDamagedGoesOn()
{
    RandomFacts random(7);
    int heads = 0;
    int aside = 0;
    for (int round = 0; round < 200; ++round) {
        const auto place = qsizetype(random.number(0, m_populated->file.size() - 1));
        const int mask = int(random.number(1, 255));
        if (round % 5 == 0) {
            layFlipped(place, mask);
            checkUnmended();
        }
        const QByteArray damaged = layFlipped(place, mask);
        const auto where = QStringLiteral("round %1, byte %2").arg(round).arg(place);
        const auto lines = mend();
        QVERIFY2(lines, lines ? "" : (qPrintable(where) + (": " + lines.error().message)).c_str());
        const bool isHead = mentions(*lines, "the copy beside it was taken");
        heads += isHead ? 1 : 0;
        QVERIFY2(isHead || mentions(*lines, "of its pages are damaged"), qPrintable(where));
        QCOMPARE(contentOf(file() + u".damaged-1"_s), damaged);
        aside += int(std::ranges::count_if(*lines, [](const std::string &line) {
            return line.find("is set aside") != std::string::npos;
        }));
        checkUntouched(*lines);
        if (QTest::currentTestFailed()) {
            for (const std::string &line : *lines)
                qWarning("%s", line.c_str());
            QFAIL(qPrintable(where));
        }
        QVERIFY(mend() && mend()->empty());
    }
    qInfo("heads %d, set aside %d", heads, aside);
    QVERIFY(heads > 2);
    QVERIFY(aside > 50);
}

/// Each page of the file's head: the first one, and those of the list of tables.
void DamageTest::aDamagedHeadIsTakenFromItsCopy()
{
    std::vector<qsizetype> places;
    for (qsizetype place = 0; place < 110; place += 8)
        places.push_back(place);
    for (qsizetype page = 0; page < m_populated->file.size(); page += 4096) {
        if (page > 0 && !m_populated->file.mid(page, 4096).contains("CREATE "))
            continue;
        for (qsizetype place = page + 110; place < page + 4096; place += 1'993)
            places.push_back(place);
    }
    QVERIFY(places.size() > 18);
    for (const qsizetype place : places) {
        const auto where = QString::number(place);
        const QByteArray damaged = layFlipped(place, 0x41);
        const auto lines = mend();
        QVERIFY2(lines, (where.toStdString() + (lines ? "" : lines.error().message)).c_str());
        QVERIFY2(mentions(*lines, "the copy beside it was taken"), qPrintable(where));
        QVERIFY2(!mentions(*lines, "are lost"), qPrintable(where));
        QVERIFY2(!mentions(*lines, "set aside"), qPrintable(where));
        QCOMPARE(contentOf(file() + u".damaged-1"_s), damaged);
        QVERIFY(!QFile::exists(file() + u".copy"_s));
        checkUntouched(*lines);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(where));
        QVERIFY(mend() && mend()->empty());
    }
}

/// A kill, and a damaged first page besides.
void DamageTest::whatStoodInTheLogAloneIsTakenOverWithTheHead()
{
    lay(m_populated->file);
    const auto store = opened(path());
    Turn turn;
    turn.flows = {{{"Long"}, 1, Instant{}, std::string(100'000, 'f')}};
    QVERIFY(store->commit(turn));
    const QTemporaryDir killed;
    const QString same = databaseFile(killed.path());
    std::filesystem::create_hard_link(file().toStdString(), same.toStdString());
    for (const auto &ending : {u"-wal"_s, u"-shm"_s, u"-head"_s, u".open"_s})
        QVERIFY(QFile::copy(file() + ending, same + ending));
    writeAt(60, 0x7f);
    writeAt(3, 0x7f);
    const auto lines = mendIfDamaged(killed.path().toStdString(), summarize);
    QVERIFY2(lines, lines ? "" : lines.error().message.c_str());
    QVERIFY(mentions(*lines, "the copy beside it was taken"));
    QVERIFY(QFileInfo(same + u".damaged-1-wal"_s).size() > 100'000);
    const auto flows = (*SqliteReader::open(killed.path().toStdString()))->flows();
    QVERIFY(flows);
    QVERIFY(std::ranges::any_of(*flows, [](const auto &flow) { return flow.flow.value == "Long"; }));
}

void DamageTest::aHeadOfAnotherFileIsNotTaken()
{
    lay(m_populated->file);
    opened(path());
    const QByteArray head = contentOf(file() + u"-head"_s);
    QVERIFY(head.size() > 3 * 4096);
    const auto first = std::move(m_directory); // its file lives on: no other gets its number
    for (const bool isWhole : {true, false}) {
        lay(flipped(50, 1));
        write(file() + u"-head"_s, isWhole ? head : head.chopped(1));
        const auto lines = mend();
        QVERIFY(!lines);
        QCOMPARE(lines.error().code, ErrorCode::Damaged);
        QVERIFY(!QFile::exists(file() + u".copy"_s));
    }
}

void DamageTest::aDamagedHeadWithoutACopyIsSaidAndNothingIsMade()
{
    for (int place = 0; place < 4096; place += place < 110 ? 1 : 97) {
        for (const int mask : {0x01, 0x80, 0x08}) {
            const QByteArray damaged = flipped(place, mask);
            lay(damaged);
            for (const Error &error : {mend() ? Error{} : mend().error(),
                     SqliteStore::open(path()) ? Error{} : SqliteStore::open(path()).error()}) {
                const auto where = QString::number(place);
                QVERIFY2(error.code == ErrorCode::Damaged, qPrintable(where));
                QVERIFY2(error.message.starts_with(file().toStdString()), error.message.c_str());
                QVERIFY2(error.message.find("restore a backup") != std::string::npos,
                    error.message.c_str());
            }
            QCOMPARE(contentOf(file()), damaged);
        }
    }
}

void DamageTest::aTableOrIndexThatIsMissingIsMadeAgain()
{
    for (const char *statement : {"drop table instance", "drop table instance_count",
             "drop table task", "drop table timer", "drop index instance_by_flow"}) {
        lay(m_populated->file);
        {
            const auto connection =
                *SqliteConnection::open(file(), SqliteConnection::Access::ReadWrite);
            QVERIFY(connection->run(QLatin1String(statement)));
        }
        const auto lines = mend();
        QVERIFY2(lines, lines ? "" : lines.error().message.c_str());
        QVERIFY2(mentions(*lines, "missing"), statement);
        checkUntouched(*lines);
    }
}

/// As in a file that is too large to be looked at as a whole at every start.
void DamageTest::damageThatIsMetIsMendedAtTheNextStart()
{
    lay(m_populated->file);
    const std::string name = allNames()[30];
    const InstanceSummary &summary = m_populated->known.summaries.at(name);
    {
        const auto store = opened(path());
        // The page of the middle of all histories.
        QFile raw(file());
        QVERIFY(raw.open(QIODevice::ReadWrite));
        const qsizetype place =
            m_populated->file.indexOf(QByteArray::fromStdString("\"instance\":\"" + name + "\""));
        QVERIFY(place > 0);
        QVERIFY(raw.seek(place));
        QVERIFY(raw.write("?") == 1);
        raw.close();
        const auto rows = store->history(summary.run);
        QVERIFY(!rows);
        QCOMPARE(rows.error().code, ErrorCode::Damaged);
        QVERIFY2(rows.error().message.find("start Signalbox again") != std::string::npos,
            rows.error().message.c_str());
        QVERIFY(QFile::exists(file() + u".damaged"_s));
    }
    const auto lines = mend();
    QVERIFY(lines);
    QVERIFY(mentions(*lines, "damage was met in it"));
    QVERIFY(mentions(*lines, "instance '" + name + "' is set aside"));
    QVERIFY(!QFile::exists(file() + u".damaged"_s));
    checkUntouched(*lines);
}

void DamageTest::aScanFindsEveryFlippedByteWhileTheDatabaseIsInUse()
{
    RandomFacts random(23);
    for (int round = 0; round < 40; ++round) {
        lay(m_populated->file);
        // Too large to be looked at before it is opened.
        QVERIFY(!isLookedAtAtTheStart(path(), 4096));
        QVERIFY(mendIfDamaged(path(), summarize, 4096)->empty());
        const auto store = opened(path());
        const auto place = qsizetype(random.number(4096, m_populated->file.size() - 1));
        writeAt(place, m_populated->file[place] ^ char(random.number(1, 127)));
        const auto scan = *PageScan::open(path());
        const PageReport report = scan->run([](auto) { return false; });
        QCOMPARE(report.damaged, std::vector{std::uint32_t(place / 4096 + 1)});
        QVERIFY(!report.isCutOff);
        QVERIFY(QFile::exists(file() + u".damaged"_s));
    }
    // What the scan has noted is mended at the next start, however large the file is.
    const auto lines = mendIfDamaged(path(), summarize, 4096);
    QVERIFY(lines);
    QVERIFY(mentions(*lines, "1 of its pages are damaged"));
    checkUntouched(*lines);
}

/// A power cut in the middle of a checkpoint: the page is written again from the log.
void DamageTest::aTornPageThatTheLogStillHasIsNoDamage()
{
    Turn turn;
    turn.flows = {{{"Long"}, 1, Instant{}, std::string(100'000, 'f')}};
    lay(m_populated->file);
    QVERIFY(opened(path())->commit(turn));
    const QByteArray after = contentOf(file());
    lay(m_populated->file);
    const auto store = opened(path());
    QVERIFY(store->commit(turn));
    QCOMPARE(contentOf(file()), m_populated->file); // the commit stands in the log alone
    int torn = 0;
    for (qsizetype page = 0; page < m_populated->file.size(); page += 4096) {
        if (m_populated->file.mid(page, 4096) == after.mid(page, 4096))
            continue;
        writeAt(page + 2048, m_populated->file[page + 2048] ^ 1);
        ++torn;
    }
    QVERIFY(torn > 0);
    QVERIFY(!checkPages(file()).damaged.empty());
    const PageReport report = (*PageScan::open(path()))->run([](auto) { return false; });
    QVERIFY2(report.damaged.empty(), qPrintable(QString::number(report.damaged.size())));
    QVERIFY(checkPages(file()).damaged.empty());
    QVERIFY(!QFile::exists(file() + u".damaged"_s));
}

void DamageTest::aScanThatIsStoppedSaysNothing()
{
    lay(flipped(m_populated->file.size() - 1, 1));
    const auto store = opened(path());
    int asked = 0;
    const PageReport report = (*PageScan::open(path()))->run([&asked](auto) {
        ++asked;
        return true;
    });
    QCOMPARE(asked, 1);
    QVERIFY(inWords(report).empty());
    QVERIFY(!QFile::exists(file() + u".damaged"_s));
}

void DamageTest::manyDamagedPagesCostTheirRowsAlone()
{
    RandomFacts random(11);
    int whole = 0;
    for (int round = 0; round < 20; ++round) {
        QByteArray damaged = m_populated->file;
        const auto pages = damaged.size() / 4096;
        for (int i = 0; i < 6; ++i) {
            const qsizetype page = random.number(6, pages - 1);
            damaged[page * 4096 + random.number(0, 4095)] ^= char(random.number(1, 127));
        }
        lay(damaged);
        const auto lines = mend();
        if (!lines)
            continue;
        const auto store = opened(path());
        for (const auto &[name, summary] : m_populated->known.summaries) {
            const auto found = store->find({name});
            QVERIFY(found);
            const auto rows = store->history(summary.run);
            const bool same = rows && *rows == m_populated->known.histories.at(name);
            whole += same ? 1 : 0;
            // Two tables may have lost it; then nobody knows that it was there.
            QVERIFY2(same || !rows || rows->empty(), name.c_str());
        }
    }
    QVERIFY2(whole > 600, qPrintable(QString::number(whole)));
}

void DamageTest::aFileThatIsCutOffKeepsWhatIsLeft()
{
    const auto pages = m_populated->file.size() / 4096;
    for (const qsizetype left : {pages - 1, pages - 3, pages / 4 * 3}) {
        const QByteArray cut = m_populated->file.first(left * 4096 - 100);
        lay(cut);
        checkUnmended();
        lay(cut);
        const auto lines = mend();
        QVERIFY2(lines, lines ? "" : lines.error().message.c_str());
        QVERIFY(mentions(*lines, "its end is cut off"));
        const auto store = opened(path());
        int whole = 0;
        for (const auto &[name, summary] : m_populated->known.summaries) {
            const auto rows = store->history(summary.run);
            QVERIFY(!rows || rows->empty() || *rows == m_populated->known.histories.at(name));
            whole += rows && !rows->empty() ? 1 : 0;
        }
        QVERIFY2(left < pages - 3 || whole > 10,
            qPrintable(QStringLiteral("%1 of %2 pages: %3 whole").arg(left).arg(pages).arg(whole)));
    }
}

void DamageTest::whatIsCutOffUnderAnOpenStoreIsNotShownAsZeros()
{
    const StoredFlow flow{{"Long"}, 1, Instant{}, std::string(100'000, 'f')};
    for (const int pages : {1, 2, 3, 10}) {
        lay(m_populated->file);
        Turn turn;
        turn.flows = {flow};
        QVERIFY(opened(path())->commit(turn));
        const auto store = opened(path());
        const auto reader = *SqliteReader::open(path());
        QVERIFY(reader->find({"order-1"}));
        QFile raw(file());
        QVERIFY(raw.resize(raw.size() - pages * 4096));
        const auto flows = reader->flows();
        QVERIFY(!flows);
        QCOMPARE(flows.error().code, ErrorCode::Damaged);
    }
}

void DamageTest::aHistoryThatEndsTooEarlyIsDamage()
{
    lay(m_populated->file);
    const InstanceSummary &summary = m_populated->known.summaries.at("order-3");
    const Sequence last = m_populated->known.histories.at("order-3").back().first;
    const auto store = opened(path());
    {
        const auto connection =
            *SqliteConnection::open(file(), SqliteConnection::Access::ReadWrite);
        QVERIFY(connection->run(QStringLiteral("delete from history where run = %1 and seq = %2")
                                    .arg(summary.run.value)
                                    .arg(last)));
    }
    const auto rows = store->history(summary.run);
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::Damaged);
    QVERIFY(rows.error().message.find("at sequence " + std::to_string(last)) != std::string::npos);
    const auto reader = *SqliteReader::open(path());
    const auto page = reader->history(summary.run, 1, 1'000);
    QVERIFY(page);
    QCOMPARE(page->next, last);
    QCOMPARE(reader->history(summary.run, page->next, 1'000).error().code, ErrorCode::Damaged);
}

QTEST_GUILESS_MAIN(DamageTest)
#include "damage_test.moc"
