#include "engine/activities/secrets.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace engine;
using nlohmann::json;

class SecretsTest : public QObject
{
    Q_OBJECT

    static json filled(const json &with, const SecretValues &values)
    {
        const auto text = withSecrets(JsonText::of(with), values);
        return text ? text->tree() : json(text.error().message);
    }
    static json hidden(const json &result, const SecretValues &values)
    {
        return std::get<JsonText>(withoutSecrets(JsonText::of(result), values)).tree();
    }

private slots:
    void namesAreFoundWhereverTheyStand()
    {
        QVERIFY(secretNamesIn(R"({"a":"x ${secret:A} ${secret:B.c-1}","b":"='${secret:A}'"})") ==
                (std::set<std::string>{"A", "B.c-1"}));
        QVERIFY(secretNamesIn("${secret:} ${secret:a b} ${secret:x ${secret:C}") ==
                std::set<std::string>{"C"});
        QVERIFY(isSecretName("API_KEY"));
        QVERIFY(!isSecretName("../x"));
        QVERIFY(!isSecretName(std::string(101, 'x')));
    }

    void valuesStandWhereTheNamesStood()
    {
        const json with{
            {"h", "Bearer ${secret:T}!"}, {"n", 1.50}, {"l", {"${secret:T}${secret:T}"}}};
        QVERIFY(filled(with, {{"T", "a\"b\\"}}) ==
                json({{"h", "Bearer a\"b\\!"}, {"n", 1.50}, {"l", {"a\"b\\a\"b\\"}}}));
    }

    void aNameWithoutValueIsOnlyAText()
    {
        QVERIFY(filled("${secret:OTHER} ${secret:T}", {{"T", "x"}}) == json("${secret:OTHER} x"));
    }

    void aValueIsNotLookedThroughAgain()
    {
        QVERIFY(filled("${secret:A}", {{"A", "${secret:B}"}, {"B", "b"}}) == json("${secret:B}"));
    }

    void numbersThatAreNotSecretsKeepTheirDigits()
    {
        const auto text =
            withSecrets(JsonText::trusted(R"({"n": 1.500, "s":"${secret:A}"})"), {{"A", "x"}});
        QCOMPARE(text->text(), std::string(R"({"n": 1.500, "s":"x"})"));
    }

    void anEchoIsHidden()
    {
        const SecretValues values{{"KEY", "k/e y+1234"}};
        QVERIFY(hidden({{"echo", "got k/e y+1234."}, {"k/e y+1234", 1}}, values) ==
                json({{"echo", "got ${secret:KEY}."}, {"${secret:KEY}", 1}}));
        QVERIFY(hidden("u=k%2Fe%20y%2B1234&", values) == json("u=${secret:KEY}&"));
        QVERIFY(hidden("Basic ay9lIHkrMTIzNA==", values) == json("Basic ${secret:KEY}"));
    }

    void aNumberThatIsTheSecretIsHidden()
    {
        QVERIFY(hidden({12345, 123456}, {{"PIN", "12345"}}) == json({"${secret:PIN}", 123456}));
    }

    void aShortSecretIsHiddenWhereItStandsAlone()
    {
        QVERIFY(hidden({"ab", "abc"}, {{"S", "ab"}}) == json({"${secret:S}", "abc"}));
    }

    void aSecretInsideAnotherLeavesNothingOfIt()
    {
        QVERIFY(hidden("abcdefgh", {{"A", "cdef"}, {"B", "abcdefgh"}}) == json("${secret:B}"));
    }

    void aFailureHidesThemToo()
    {
        const Failure failure{.type = "HttpError",
            .message = "cannot reach http://x/topsecret",
            .details = JsonText::trusted(R"({"body":"topsecret"})")};
        const auto outcome = std::get<Failure>(withoutSecrets(failure, {{"A", "topsecret"}}));
        QCOMPARE(outcome.message, std::string("cannot reach http://x/${secret:A}"));
        QCOMPARE(outcome.details.text(), std::string(R"({"body":"${secret:A}"})"));
    }
};

QTEST_GUILESS_MAIN(SecretsTest)
#include "secrets_test.moc"
