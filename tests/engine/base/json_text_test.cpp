#include "engine/base/json_scan.h"
#include "engine/base/json_text.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <random>

using namespace engine;

class JsonTextTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheTextAndDropsSpaceAround()
    {
        const auto text = JsonText::parse(" \r\n\t{ \"a\" : [1, 2.50] }\n");
        QVERIFY(text);
        QCOMPARE(text->text(), std::string("{ \"a\" : [1, 2.50] }"));
        QVERIFY(JsonText().isNull());
    }

    void refusesWithLineAndColumn_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        const auto row = [](const char *name, const QByteArray &text, const char *place) {
            QTest::newRow(name) << text << QString::fromUtf8(place);
        };
        row("empty", "", "line 1, column 1: it ends too early");
        row("space only", " \n ", "line 2, column 2: it ends too early");
        row("comma before end", "{\"a\":1,\n}", "line 2, column 1: expected a key");
        row("comma in array", "[1,]", "line 1, column 4: expected a value");
        row("column counts characters", "[\"\xC3\xA4\xE2\x82\xAC\" 1]",
            "line 1, column 7: expected ','");
        row("no colon", "{\"a\" 1}", "line 1, column 6: expected ':'");
        row("two values", "1 2", "line 1, column 3: nothing may follow");
        row("leading zero", "[010]", "line 1, column 5: a number must not begin with 0");
        row("two zeros", "00", "line 1, column 3: a number must not begin with 0");
        row("bare minus", "-", "line 1, column 2: expected a digit");
        row("no decimals", "1.", "line 1, column 3: expected a digit after the point");
        row("no exponent", "1e+", "line 1, column 4: expected a digit in the exponent");
        row("plus", "+1", "expected a value");
        row("NaN", "NaN", "expected a value");
        row("too large a number", "[1e999]", "line 1, column 2: a number larger");
        row("many digits", QByteArray(400, '9'), "a number larger");
        row("half word", "tru", "expected a value");
        row("open string", "\"abc", "a string that does not end");
        row("newline in string", "\"a\nb\"", "a control character");
        row("unknown escape", "\"\\x\"", "an unknown escape");
        row("escape at the end", "\"\\", "an unknown escape");
        row("short unicode escape", "\"\\u12\"", "four hexadecimal digits");
        row("lone high surrogate", "\"\\ud800x\"", "half of a surrogate pair");
        row("high before no low", "\"\\ud800\\u0041\"", "half of a surrogate pair");
        row("lone low surrogate", "\"\\udc00\"", "half of a surrogate pair");
        row("overlong", "\"\xC0\x80\"", "not UTF-8");
        row("overlong of three", "\"\xE0\x80\x80\"", "not UTF-8");
        row("surrogate in UTF-8", "\"\xED\xA0\x80\"", "not UTF-8");
        row("beyond Unicode", "\"\xF4\x90\x80\x80\"", "not UTF-8");
        row("cut character", "\"\xE2\x82", "not UTF-8");
        row("byte order mark", "\xEF\xBB\xBF{}", "byte order mark");
        row("comment", "{} // no", "nothing may follow");
        row("zero byte", QByteArray("[\0]", 3), "expected a value");
    }
    void refusesWithLineAndColumn()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, place);
        const auto parsed = JsonText::parse({text.data(), static_cast<std::size_t>(text.size())});
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
        const QString said = QString::fromStdString(parsed.error().message);
        QVERIFY2(said.contains(place), qPrintable(said));
    }

    void limitsSizeAndDepth()
    {
        QVERIFY(JsonText::parse("[[[]]]", {.depth = 3}));
        const auto deep = JsonText::parse("[[[]]]", {.depth = 2});
        QVERIFY(!deep);
        QCOMPARE(deep.error().code, ErrorCode::TooLarge);
        const auto bomb = JsonText::parse(std::string(1'000'000, '['));
        QCOMPARE(bomb.error().code, ErrorCode::TooLarge);
        const auto large = JsonText::parse("\"12345678\"", {.bytes = 9});
        QCOMPARE(large.error().code, ErrorCode::TooLarge);
        QVERIFY(JsonText::parse("\"1234567\"", {.bytes = 9}));
    }

    void agreesWithTheLibraryOnDamagedTexts()
    {
        const std::string sample =
            R"({"a":[1,-0.5e+3,true,null,"x\u00e4\ud83d\ude00\n"],"b":{"c":"é€😀"}})";
        std::mt19937 random(7);
        int accepted = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string text = sample;
            const auto changes = random() % 3 + 1;
            for (unsigned i = 0; i < changes; ++i) {
                const std::size_t at = random() % text.size();
                switch (random() % 3) {
                case 0: text[at] = static_cast<char>(random()); break;
                case 1: text.erase(at, 1); break;
                default: text.insert(at, 1, "{}[],:\"\\0e"[random() % 10]);
                }
            }
            const bool ours = static_cast<bool>(JsonText::parse(text));
            QCOMPARE(ours, nlohmann::json::accept(text));
            accepted += ours ? 1 : 0;
        }
        QVERIFY(accepted > 100);
    }

    void writesTreesAndStrings()
    {
        QCOMPARE(JsonText::ofString("a\"\n\xFF").text(), std::string("\"a\\\"\\n\xEF\xBF\xBD\""));
        QCOMPARE(
            JsonText::of({{"b", 1}, {"a", nullptr}}).text(), std::string(R"({"a":null,"b":1})"));
        QVERIFY(JsonText::trusted("[1]").tree() == nlohmann::json::array({1}));
        QVERIFY_EXCEPTION_THROWN(JsonText::trusted("[").tree(), BrokenInvariant);
    }

    void unquotesEscapes()
    {
        QCOMPARE(unquoted(R"("plain")"), std::string("plain"));
        QCOMPARE(unquoted(R"("\u00e4\/\t")"), std::string("ä/\t"));
    }
};

QTEST_GUILESS_MAIN(JsonTextTest)
#include "json_text_test.moc"
