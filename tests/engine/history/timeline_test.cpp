#include "engine/history/timeline.h"

#include <QTest>

#include <chrono>

using namespace engine;
using namespace std::chrono_literals;

namespace {

constexpr Instant begin{Milliseconds{1'000'000}};

/// Each fact a second after the one before.
std::vector<StepVisit> visitsOf(const std::vector<Fact> &facts)
{
    std::vector<HistoryEvent> events;
    for (const Fact &fact : facts) {
        const auto place = Sequence(events.size());
        events.push_back({place + 1, begin + 1s * place, fact});
    }
    return timelineOf(events);
}

const Failure torn{.type = "Torn", .message = "the paper"};

} // namespace

/// What a history says about the visits to steps.
class TimelineTest : public QObject
{
    Q_OBJECT

private slots:
    void aVisitHasItsTimesItsWaitAndItsWay()
    {
        const auto visits = visitsOf({ExecutionStarted{.instance = {"a"}}, StepEntered{{}, {"w"}},
            WaitOpened{{}, {"w"}, {"Paid", "Sent"}, 1, false, {}},
            TimerCreated{{}, {"w"}, TimerPurpose::Timeout, begin + 1h, 3},
            StepLeft{.step = {"w"}, .way = "event:Paid", .to = {"e"}}, StepEntered{{}, {"e"}}});
        QCOMPARE(visits.size(), std::size_t(2));
        QCOMPARE(visits[0], (StepVisit{.sequence = 2, .step = {"w"}, .begin = begin + 1s,
                                .end = begin + 4s, .outcome = "done", .way = "event:Paid",
                                .to = {"e"}, .waitedFor = {"Paid", "Sent"}, .until = begin + 1h}));
        QCOMPARE(visits[1], (StepVisit{.sequence = 6, .step = {"e"}, .begin = begin + 5s, .outcome = "running"}));
    }

    void attemptsAreCountedAndTheLastFailureIsKept()
    {
        const std::vector<Fact> facts{StepEntered{{}, {"a"}}, TaskScheduled{{}, {"a"}, "http", {}},
            TaskAttemptFailed{2, 1, torn}, TaskAttemptFailed{2, 2, torn}};
        auto visits = visitsOf(facts);
        QCOMPARE(visits.at(0).attempts, 3);
        QCOMPARE(visits.at(0).activity, std::string("http"));
        QVERIFY(visits.at(0).failure == torn && visits.at(0).outcome == "running");
        auto good = facts;
        good.insert(good.end(), {TaskCompleted{2, 3, {}}, StepLeft{.step = {"a"}, .way = "next", .to = {"e"}}});
        visits = visitsOf(good);
        QVERIFY(visits.at(0).attempts == 3 && !visits.at(0).failure && visits.at(0).outcome == "done");
        auto bad = facts;
        bad.insert(bad.end(), {TaskFailed{2, 3, torn},
            StepLeft{.step = {"a"}, .way = "error:*", .to = {"e"}, .failure = torn}});
        visits = visitsOf(bad);
        QVERIFY(visits.at(0).failure == torn && visits.at(0).outcome == "failed" && visits.at(0).way == "error:*");
    }

    void whatARegionLeavesBehindIsCanceled()
    {
        const auto visits = visitsOf({StepEntered{{}, {"p"}}, RegionOpened{{}, {"p"}, 2, 2, {}},
            StepEntered{{"p/a"}, {"a"}}, StepEntered{{"p/b"}, {"b"}},
            StepLeft{.branch = {"p/a"}, .step = {"a"}, .way = "join"}, BranchCompleted{{"p/a"}},
            RegionJoined{2}, StepLeft{.step = {"p"}, .way = "join", .to = {"e"}}});
        QCOMPARE(visits.size(), std::size_t(3));
        QCOMPARE(visits[0].outcome, std::string("done"));
        QCOMPARE(visits[1].outcome, std::string("done"));
        QVERIFY(visits[2].outcome == "canceled" && visits[2].end == begin + 6s);
    }

    void anOperatorSkipsAndMoves()
    {
        const auto visits = visitsOf({StepEntered{{}, {"a"}}, StepSkipped{{}, {"a"}, "why", {}},
            StepLeft{.step = {"a"}, .way = "next", .to = {"b"}}, StepEntered{{}, {"b"}},
            BranchMoved{{}, {"b"}, {"c"}, "why", {}}, StepEntered{{}, {"c"}},
            ExecutionTerminated{"enough", {}}});
        QCOMPARE(visits.at(0).outcome, std::string("skipped"));
        QVERIFY(visits.at(1).outcome == "moved" && visits.at(1).to == StepId{"c"});
        QCOMPARE(visits.at(2).outcome, std::string("canceled"));
    }

    void whatWasRewoundSaysSo()
    {
        const auto visits = visitsOf({StepEntered{{}, {"a"}}, StepLeft{.step = {"a"}, .way = "next", .to = {"b"}},
            StepEntered{{}, {"b"}}, StepLeft{.step = {"b"}, .way = "fail", .failure = torn},
            ExecutionCompleted{{}, torn}, InstanceRewound{"again", {}, 3, {}}, StepEntered{{}, {"b"}}});
        QCOMPARE(visits.at(0).outcome, std::string("done"));
        QCOMPARE(visits.at(1).outcome, std::string("rewound"));
        QCOMPARE(visits.at(2).outcome, std::string("running"));
    }

    void subFlowsAndTasksAreNamed()
    {
        const auto visits = visitsOf({StepEntered{{}, {"s"}},
            SubFlowScheduled{{}, {"s"}, {"a.s.1"}, {"Sub"}, {}, {}, false},
            StepLeft{.step = {"s"}, .way = "next", .to = {"t"}}, StepEntered{{}, {"t"}},
            TaskOpened{.step = {"t"}, .event = "Approval"}});
        QVERIFY(visits.at(0).subFlows == std::vector{InstanceId{"a.s.1"}});
        QVERIFY(visits.at(1).waitedFor == std::vector<std::string>{"Approval"});
    }
};

QTEST_GUILESS_MAIN(TimelineTest)
#include "timeline_test.moc"
