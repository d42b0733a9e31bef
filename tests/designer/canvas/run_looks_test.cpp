#include "designer/canvas/run_looks.h"

#include "designer/canvas/flow_picture.h"
#include "tests/designer/canvas/flow_fixture.h"

#include <QFontMetricsF>
#include <QTest>

using namespace designer;
using namespace std::chrono_literals;
using engine::StepId;

namespace {

constexpr engine::Instant now{engine::Milliseconds{1'000'000'000'000}};

/// A wait that leads to `late` after three days.
engine::Flow waitFlow(const char *late)
{
    engine::Flow flow{.name = {"f"}, .start = {"a"}};
    flow.steps.push_back({.id = {"a"},
        .body = engine::WaitStep{.events = {{"Paid", {}}},
            .timeout = engine::templateFrom(engine::JsonText::trusted("\"P3D\"")),
            .onTimeout = {late},
            .next = {late}}});
    flow.steps.push_back({.id = {late}, .body = engine::EndStep{}});
    tests::place(flow, {"a"}, {200, 100});
    tests::place(flow, {late}, {440, 120});
    return flow;
}

struct Bench {
    FlowStyle style = flowStyle(app::ThemeKind::Light);
    FlowPicture picture{style};

    explicit Bench(const engine::Flow &flow) { picture.show(flow); }
    const StepPicture &step(const char *id) const
    {
        return picture.steps()[std::size_t(picture.stepNumber({id}))];
    }
    StepLook lookOf(const char *id, const StepMark &mark) const
    {
        RunOverlay overlay;
        overlay.steps[{id}] = mark;
        return runLooks(picture, overlay, now).step(picture.stepNumber({id}));
    }
    bool fitsFooter(const QString &words) const
    {
        return QFontMetricsF(style.footer).horizontalAdvance(words) <=
               step("a").geometry.footerText.width();
    }
};

StepMark waiting(engine::Milliseconds left)
{
    return {.state = StepState::Waiting, .tokens = 1, .since = now - 1h, .until = now + left};
}

} // namespace

class RunLooksTest : public QObject
{
    Q_OBJECT

private slots:
    void aCountdownSaysTwoUnitsWhereThereIsRoom()
    {
        const Bench bench(waitFlow("off"));
        const QString footer = bench.lookOf("a", waiting(71h)).footer;
        QCOMPARE(footer, QString::fromUtf8("2 d 23 h → Off"));
        QVERIFY(bench.fitsFooter(footer));
    }

    void aCountdownSaysOneUnitBeforeItTouchesTheEdge()
    {
        const Bench bench(waitFlow("unpaidForEver"));
        const QString footer = bench.lookOf("a", waiting(71h + 59min)).footer;
        QVERIFY2(footer.startsWith(QString::fromUtf8("2 d → Unpaid")), qPrintable(footer));
        QVERIFY(bench.fitsFooter(footer));
    }

    void whatIsLongerThanTheStepIsCut()
    {
        const Bench bench(waitFlow("aTitleThatNoStepHasRoomFor"));
        const QString footer = bench.lookOf("a", waiting(71h)).footer;
        QVERIFY2(footer.endsWith(QChar(0x2026)), qPrintable(footer));
        QVERIFY(bench.fitsFooter(footer));
        const StepLook failed = bench.lookOf("a",
            {.state = StepState::Failed, .failureType = "AnErrorTypeThatIsMuchLongerThanItsStep"});
        QVERIFY2(failed.subtitle.endsWith(QChar(0x2026)), qPrintable(failed.subtitle));
    }

    void aCountingBadgeHasItsRoom()
    {
        engine::Flow flow = waitFlow("off");
        auto &wait = std::get<engine::WaitStep>(flow.steps.front().body);
        wait.mode = engine::WaitMode::All;
        wait.events.clear();
        for (int i = 0; i < 12; ++i)
            wait.events.push_back({"E" + std::to_string(i), {}});
        const Bench bench(flow);
        const QString badge = bench.lookOf("a", waiting(1h)).badge;
        QCOMPARE(badge, QStringLiteral("0 / 12"));
        QVERIFY(QFontMetricsF(bench.style.badge).horizontalAdvance(badge) <=
                bench.step("a").geometry.badge.width());
    }

    void aWaitThatBeganJustNowHasNoTimeYet()
    {
        const Bench bench(waitFlow("off"));
        StepMark mark = waiting(1h);
        QCOMPARE(bench.lookOf("a", mark).duration, QStringLiteral("1 h"));
        mark.since = now - 40ms;
        QCOMPARE(bench.lookOf("a", mark).duration, QString());
    }
};

QTEST_MAIN(RunLooksTest)
#include "run_looks_test.moc"
