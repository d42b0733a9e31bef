#include "engine/runtime/state_text.h"

#include "engine/runtime/state_fields.h"
#include "tests/support/flow_case.h"
#include "tests/support/random_facts.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <map>

using namespace engine;
using namespace tests;
using nlohmann::json;

namespace {

/// Fills every field of a state with something.
class RandomState
{
public:
    explicit RandomState(std::uint64_t seed)
        : m_random(seed)
    {}

    InstanceState state()
    {
        InstanceState state;
        fill(state);
        return state;
    }

private:
    void fill(bool &flag) { flag = m_random.chance(); }
    template<std::integral T>
    void fill(T &number)
    {
        number = static_cast<T>(m_random.number(0, 1'000'000));
    }
    void fill(std::string &text) { text = m_random.text(); }
    void fill(JsonText &value) { value = m_random.json(); }
    void fill(RunKey &run) { fill(run.value); }
    void fill(Instant &instant) { instant = Instant{Milliseconds{m_random.number(-9'999, 99'999)}}; }
    void fill(Milliseconds &length) { length = Milliseconds{m_random.number(0, 99'999)}; }
    void fill(TimerPurpose &one) { one = TimerPurpose(m_random.number(0, 5)); }
    void fill(TaskEnd &one) { one = TaskEnd(m_random.number(0, 2)); }
    void fill(InstanceStatus &one) { one = InstanceStatus(m_random.number(0, 5)); }
    template<typename Kind>
    void fill(Id<Kind> &id)
    {
        fill(id.value);
    }
    template<typename T>
    void fill(std::optional<T> &value)
    {
        if (m_random.chance())
            fill(value.emplace());
    }
    template<typename First, typename Second>
    void fill(std::pair<First, Second> &pair)
    {
        fill(pair.first);
        fill(pair.second);
    }
    template<typename T>
    void fill(std::vector<T> &values)
    {
        values.resize(std::size_t(m_random.number(0, 2)));
        for (T &value : values)
            fill(value);
    }
    template<typename Key, typename Value, typename... Rest>
    void fill(std::map<Key, Value, Rest...> &map)
    {
        for (auto count = m_random.number(0, 2); count > 0; --count) {
            Key key{};
            fill(key);
            fill(map[key]);
        }
    }
    template<typename Key>
    void fill(std::set<Key> &set)
    {
        for (auto count = m_random.number(0, 2); count > 0; --count) {
            Key key{};
            fill(key);
            set.insert(key);
        }
    }
    void fill(Fielded auto &record)
    {
        std::apply([this](auto &...field) { (fill(field), ...); }, fieldsOf(record));
    }

    RandomFacts m_random;
};

const QDir &cases()
{
    static const QDir directory(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/cases/flows"));
    return directory;
}

std::string textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

/// Snapshots of instances (semantics 11.6).
class StateTextTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsRead();
    void whatIsNoStateIsIgnored();
    void aReplayFromASnapshotIsTheWholeReplay_data();
    void aReplayFromASnapshotIsTheWholeReplay();
};

void StateTextTest::whatIsWrittenIsRead()
{
    QVERIFY(stateFromText(stateToText({})) == InstanceState{});
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        const InstanceState state = RandomState(seed).state();
        const std::string text = stateToText(state);
        const auto read = stateFromText(text);
        QVERIFY2(read, text.c_str());
        QVERIFY2(*read == state, text.c_str());
        QCOMPARE(stateToText(*read), text);
        QVERIFY(JsonText::parse(text, {.bytes = 100'000'000, .depth = 1000}));
    }
}

void StateTextTest::whatIsNoStateIsIgnored()
{
    const std::string text = stateToText(RandomState(7).state());
    QVERIFY(stateFromText(text));
    QVERIFY(!stateFromText(""));
    QVERIFY(!stateFromText("{}"));
    QVERIFY(!stateFromText("[1]"));
    QVERIFY(!stateFromText("[1,[]]"));
    QVERIFY(!stateFromText("[1,[\"a\",1]]"));
    const std::string begin = '[' + std::to_string(stateVersion) + ',';
    QVERIFY(text.starts_with(begin));
    const std::string rest = text.substr(begin.size());
    QVERIFY(!stateFromText('[' + std::to_string(stateVersion + 1) + ',' + rest));
    QVERIFY(!stateFromText('[' + std::to_string(stateVersion - 1) + ',' + rest));
    for (std::size_t length = 0; length < text.size(); length += 97)
        QVERIFY(!stateFromText(text.substr(0, length)));
}

void StateTextTest::aReplayFromASnapshotIsTheWholeReplay_data()
{
    QTest::addColumn<QString>("directory");
    for (const QString &name : cases().entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        QTest::newRow(qPrintable(name)) << cases().filePath(name);
}

/// From the snapshot after each row of each history that a golden case makes.
void StateTextTest::aReplayFromASnapshotIsTheWholeReplay()
{
    QFETCH(QString, directory);
    Histories histories;
    (void)play({textOf(directory + QStringLiteral("/flow.json")), directory.toStdString(),
                   json::parse(textOf(directory + QStringLiteral("/script.json")))},
        100, &histories);
    for (const std::vector<HistoryRow> &rows : histories) {
        const InstanceState whole = replay(rows);
        for (auto at = rows.begin(); at != rows.end(); ++at) {
            const std::vector<HistoryRow> head(rows.begin(), at + 1);
            const std::vector<HistoryRow> tail(at + 1, rows.end());
            const InstanceState then = replay(head);
            const auto snapshot = stateFromText(stateToText(then));
            QVERIFY(snapshot);
            QVERIFY2(*snapshot == then, stateToText(then).c_str());
            if (!isFinished(then)) // one that has ended has no snapshot
                QVERIFY2(replay(*snapshot, tail) == whole, stateToText(then).c_str());
        }
    }
}

QTEST_GUILESS_MAIN(StateTextTest)
#include "state_text_test.moc"
