#include "engine/query/instance_query.h"
#include "tests/support/random_facts.h"

#include <QTest>

using namespace engine;
using namespace std::chrono_literals;

namespace {

constexpr Instant now{Milliseconds{1'769'904'000'000}}; // 2026-02-01T00:00:00Z

/// A subject all of whose answers are there at once.
class Known final : public QuerySubject
{
public:
    InstanceSummary row;
    std::vector<std::string> waitNames;
    Source source{"rest", "shop"};
    JsonText vars = JsonText::trusted("{}");
    int looks = 0;

    const InstanceSummary &summary() const override { return row; }
    std::vector<std::string> waits() override
    {
        ++looks;
        return waitNames;
    }
    Source startedBy() override
    {
        ++looks;
        return source;
    }
    JsonText variables() override
    {
        ++looks;
        return vars;
    }
};

Known order()
{
    Known known;
    known.row = {.instance = {"order-7"},
        .run = {7},
        .flow = {"Order"},
        .version = 2,
        .status = InstanceStatus::Running,
        .waiting = true,
        .createdAt = now - 3h,
        .changedAt = now - 1h,
        .input = JsonText::trusted(
            R"({"amount":1500.5,"n":12345678901234567,"customer":{"name":"Ada 'A' Smith","vip":true},"says":)"
            "\"a \\\"b\\\"\","
            R"("lines":[{"sku":"a"},{"sku":"b"}],"tags":["red","blue"],"zip":"0815","none":null,"a b":1})"),
        .customStatus = JsonText::trusted(R"({"stage":"packing"})"),
        .parent = {"basket-1"},
        .standsOn = "Approval, Cancelled",
        .standsAt = {"ask"}};
    known.vars = JsonText::trusted(R"({"total":3,"list":[1,2]})");
    return known;
}

bool shows(Known &known, std::string_view query)
{
    const auto read = instanceQueryFrom(query, now);
    if (!read)
        qFatal("%.*s: %s", int(query.size()), query.data(), read.error().message.c_str());
    return matches(*read, known);
}

} // namespace

/// The language by which instances are looked for.
class InstanceQueryTest : public QObject
{
    Q_OBJECT

private slots:
    void aTermMeansWhatItSays_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("shown");
        for (const char *yes : {"", "   ", "status:running", "status:RUNNING", "status:waiting",
                 "status:failed,running", "status:live", "-status:finished", "not status:failed",
                 "flow:order", "flow=Order", "flow:ord*", "flow~RDE", "flow!=Other", "version:2",
                 "version>1", "version<=2", "id:order-7", "id:order-*", "-id:ORDER-7", "id~ER-7",
                 "waiting:approval", "waiting:Cancelled", "waiting:ask", "waiting:*",
                 "waiting:Nothing,Approval", "waiting:appr*", "step:ask", "parent:basket-1",
                 "age>2h", "age<1d", "age>=3h", "age<=180m", "age>=10800s -age>=10801s", "age<1w",
                 "age>PT2H", "idle<2h", "idle>=PT60M", "created<2026-02-01",
                 "created>=2026-01-31T21:00:00Z", "created>2026-01-31T21:59:59+01:00",
                 "changed>2026-01-31", "updated>2026-01-31", "by:shop", "by:rest", "by:sh*", "$.amount>1000",
                 "$.amount=1500.5", "$.amount!=1", "$.amount<=1500.5", "$.n=12345678901234567",
                 "$.customer.name~smith", R"($.customer.name="Ada 'A' Smith")", "$.says=\"a \\\"b\\\"\"",
                 "$.customer.vip=true", "$.customer.vip:true", "$.lines[1].sku=b",
                 R"($.lines[0]["sku"]=a)", R"($["a b"]=1)", "$.tags~red", "$.zip=0815",
                 R"($.zip="0815")", "$.zip>0814", "$.none=null", "-$.missing=1", "$.missing!=1",
                 "input.amount>1000", "vars.total=3", "vars.list~2", "vars.total>=3",
                 "custom.stage=packing", "custom.stage!=sent", "order", "ORDER-7", "Approval",
                 R"("order-7")", "text:order", "-nothing", R"(-"no such text")",
                 "status:waiting flow:order $.amount>1000 waiting:Approval age>2h"})
            QTest::newRow(yes) << QByteArray(yes) << true;
        for (const char *no : {"status:failed", "status:suspended,failed", "-status:running",
                 "not status:live", "status:aside", "flow:ord", "flow!=order", "flow!~ord",
                 "version:1", "version!=2", "version<2", "id:order", "id:ORDER-7", "-id:order-*",
                 "waiting:Nothing", "-waiting:*", "step:other", "parent:basket-2", "error:*",
                 "age>3h", "age<3h", "idle>1d", "created>2026-02-01", "finished>2020-01-01",
                 "-finished<2020-01-01 status:finished", "by:window", "$.amount>1500.5",
                 "$.amount<1000", "$.amount>abc", R"($.amount="1500.5")", "$.n=12345678901234568",
                 "$.missing=1", "$.missing=null", "$.amount.x=1", "$.lines[2].sku=b",
                 "$.lines.sku=a", "$.tags~green", R"($.customer.vip="true")", "output.x=1",
                 "vars.total<3", "vars.missing=1", "nothing", "order flow:other"})
            QTest::newRow(no) << QByteArray(no) << false;
    }
    void aTermMeansWhatItSays()
    {
        QFETCH(QByteArray, query);
        QFETCH(bool, shown);
        Known known = order();
        QCOMPARE(shows(known, query.toStdString()), shown);
    }

    void aFaultSaysItsColumn_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("column");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *query, int column, const char *words) {
            QTest::newRow(query) << QByteArray(query) << column << QByteArray(words);
        };
        row("flow:order sttus:failed", 12, "there is no 'sttus'; known are id, flow");
        row("status:broken", 8, "'broken' is no status; one of pending");
        row("status:failed,broken", 15, "'broken'");
        row("status>failed", 8, "only : = != ~");
        row("\"open", 1, "the quote is not closed");
        row("Übung \"open", 7, "the quote is not closed");
        row("flow:", 6, "a value is missing");
        row("flow:a,", 8, "a value is missing");
        row("flow:\"a\"b", 9, "a blank must stand between");
        row("-", 1, "something must follow");
        row("a not ", 3, "something must follow");
        row("version:two", 9, "a version is a whole number");
        row("age>long", 5, "a length of time");
        row("age:2h", 5, "here stands < <= > or >=");
        row("age>2y", 5, "a length of time");
        row("created>soon", 9, "a day or a time");
        row("created:2026-01-31", 9, "here stands");
        row("$.amount", 9, "a place in the data is written as");
        row("$amount>1", 2, "a place in the data is written as");
        row("$>1", 1, "a place in the data is written as");
        row("$.>1", 3, "a name is missing");
        row("$[1>2", 3, "a ] is missing");
        row("$.a>", 5, "a value is missing");
        row("urn:x", 1, "put it in quotes");
    }
    void aFaultSaysItsColumn()
    {
        QFETCH(QByteArray, query);
        QFETCH(int, column);
        QFETCH(QByteArray, words);
        const auto read = instanceQueryFrom(query.toStdString(), now);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
        const auto message = QByteArray::fromStdString(read.error().message);
        QVERIFY2(message.startsWith("query, column " + QByteArray::number(column) + ": "), message.constData());
        QVERIFY2(message.contains(words), message.constData());
    }

    void aQueryHasLimits()
    {
        QVERIFY(!instanceQueryFrom(std::string(2'001, 'a'), now));
        std::string many;
        for (int i = 0; i < 33; ++i)
            many += "a ";
        QVERIFY(!instanceQueryFrom(many, now));
        QVERIFY(bool(instanceQueryFrom(many.substr(2), now)));
    }

    void anyBytesAreReadOrRefused()
    {
        tests::RandomFacts random(3);
        const std::string parts[] = {"status", "flow", "$", ".", "[", "]", ":", "=", "!=", "<", ">=", "~",
            "\"", "\\", "-", "not ", " ", ",", "*", "age", "2h", "vars", "waiting", "Ü", "\xff", "0"};
        int right = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string text;
            for (int i = random.number(0, 12); i > 0; --i)
                text += parts[random.number(0, int(std::size(parts)) - 1)];
            const auto query = instanceQueryFrom(text, now);
            if (!query)
                continue;
            ++right;
            Known known = order();
            (void)matches(*query, known);
            (void)narrowed({}, *query);
        }
        QVERIFY(right > 500);
    }

    /// What is found by an index must never be less than what the query shows.
    void theFilterThatIsNarrowedHidesNothing()
    {
        tests::RandomFacts random(11);
        const std::vector<std::string> terms{"status:failed", "status:waiting", "status:waiting,failed",
            "status:live", "status:finished", "status:aside", "waiting:A", "waiting:*", "step:s", "error:E*",
            "id:a", "id:a*", "id:a,b", "created>2026-01-31", "created<=2026-01-31", "age<2h", "A", "\"a\"",
            "output.x=1", "flow:a", "flow~a", "text~a"};
        int shown = 0;
        for (int round = 0; round < 5'000; ++round) {
            Known known;
            known.row.instance = {random.number(0, 1) ? "a" : "ab"};
            known.row.flow = {random.number(0, 1) ? "a" : "b"};
            known.row.status = static_cast<InstanceStatus>(random.number(0, 5));
            known.row.waiting = known.row.status == InstanceStatus::Running && random.chance();
            known.row.createdAt = now - 1h * random.number(0, 48);
            known.row.standsOn = random.chance() ? "A" : "s";
            known.row.standsAt = {"s"};
            known.row.errorType = known.row.status == InstanceStatus::Failed ? "Eh" : "";
            known.row.setAside = random.chance() ? "why" : "";
            known.row.output = JsonText::trusted(R"({"x":1})");
            known.waitNames = {"A"};
            std::string text;
            for (int i = random.number(1, 3); i > 0; --i)
                text += (random.number(0, 3) == 0 ? " -" : " ") +
                        terms[std::size_t(random.number(0, int(terms.size()) - 1))];
            const auto query = instanceQueryFrom(text, now);
            QVERIFY2(bool(query), text.c_str());
            if (!matches(*query, known))
                continue;
            ++shown;
            QVERIFY2(matches(narrowed({}, *query), known.row), text.c_str());
        }
        QVERIFY(shown > 500);
    }

    void theHistoryIsAskedOnlyWhereItMustBe()
    {
        Known known = order();
        QVERIFY(shows(known, "status:waiting waiting:Approval flow:order $.amount>1"));
        QVERIFY(!shows(known, "waiting:Nothing"));
        QVERIFY(!shows(known, "flow:other by:shop vars.total=3"));
        QCOMPARE(known.looks, 0);
        known.row.standsOn = "Approval +2"; // other branches may wait for something else
        known.waitNames = {"Approval", "Paid"};
        QVERIFY(shows(known, "waiting:Paid"));
        QCOMPARE(known.looks, 1);
        QVERIFY(needsSummariesAlone(*instanceQueryFrom("flow:a $.x=1 output.y=2", now)));
        for (const char *more : {"by:a", "vars.x=1", "waiting:A"})
            QVERIFY(!needsSummariesAlone(*instanceQueryFrom(more, now)));
    }
};

QTEST_GUILESS_MAIN(InstanceQueryTest)
#include "instance_query_test.moc"
