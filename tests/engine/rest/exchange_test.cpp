#include "engine/rest/exchange.h"

#include <QTest>

#include <stdexcept>

using namespace engine;

namespace {

/// An exchange whose posts run when the test says so.
struct Desk {
    std::vector<std::function<void()>> posted;
    std::vector<RestResponse> answers;
    std::vector<std::string> log;

    std::shared_ptr<Exchange> exchange(std::string target = "/x")
    {
        return std::make_shared<Exchange>(RestRequest{.method = "GET", .target = std::move(target)},
            Exchange::Parts{
                [this](std::function<void()> task) { posted.push_back(std::move(task)); },
                [this](RestResponse response) { answers.push_back(std::move(response)); },
                [](int status, std::string_view detail) {
                    return RestResponse{status, {}, std::string(detail)};
                },
                [this](const std::string &line) { log.push_back(line); }});
    }
    void runPosted()
    {
        while (!posted.empty()) {
            const auto task = std::move(posted.front());
            posted.erase(posted.begin());
            task();
        }
    }
};

} // namespace

class ExchangeTest : public QObject
{
    Q_OBJECT

private slots:
    void aCompletionOnlyPosts()
    {
        Desk desk;
        const auto exchange = desk.exchange();
        auto completion = exchange->then<int>([&](Result<int> number) {
            exchange->answer({*number, {}, {}});
        });
        completion(204);
        QVERIFY(desk.answers.empty());
        desk.runPosted();
        QCOMPARE(desk.answers.size(), 1u);
        QCOMPARE(desk.answers.front().status, 204);
    }

    void theFirstAnswerCounts()
    {
        Desk desk;
        const auto exchange = desk.exchange();
        exchange->answer({200, {}, {}});
        exchange->answer({500, {}, {}});
        QCOMPARE(desk.answers.size(), 1u);
        QCOMPARE(desk.answers.front().status, 200);
    }

    void aFaultIsA500WithItsLineInTheLog()
    {
        Desk desk;
        desk.exchange("/a%0Ab\n?code=secret")->run([] {
            throw std::runtime_error("broken\nheart");
        });
        QCOMPARE(desk.answers.front().status, 500);
        QCOMPARE(desk.log.size(), 1u);
        const std::string line = desk.log.front();
        const auto id =
            line.substr(line.find("fault="), line.find(" method") - line.find("fault="));
        QVERIFY(desk.answers.front().body.find(id) != std::string::npos);
        QVERIFY(line.find('\n') == std::string::npos);
        QVERIFY(line.find("secret") == std::string::npos);
    }

    void aFaultAfterACallIsA500Too()
    {
        Desk desk;
        const auto exchange = desk.exchange();
        exchange->then<int>([](Result<int>) { throw 7; })(1);
        desk.runPosted();
        QCOMPARE(desk.answers.front().status, 500);
    }

    void aCallThatIsDroppedIsA503()
    {
        Desk desk;
        {
            Completion<int> completion = desk.exchange()->then<int>([](Result<int>) {});
        }
        QVERIFY(desk.answers.empty());
        desk.runPosted();
        QCOMPARE(desk.answers.front().status, 503);
    }
};

QTEST_GUILESS_MAIN(ExchangeTest)
#include "exchange_test.moc"
