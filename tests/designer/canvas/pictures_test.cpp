// Draws the sample flow and all kinds and states into the build directory, to be looked at beside
// the pictures of the design, and checks the colours that a person would look for first.
#include "designer/canvas/flow_canvas.h"
#include "designer/canvas/flow_painting.h"
#include "designer/canvas/legend.h"
#include "designer/canvas/minimap.h"
#include "designer/canvas/run_looks.h"
#include "engine/model/flow_reader.h"

#include <QFile>
#include <QFontDatabase>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace designer;
using app::Color;

namespace {

engine::Flow sample()
{
    QFile file(
        QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples/OrderFulfillment.flow.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    auto read = engine::readFlow(file.readAll().toStdString());
    return read ? std::move(read->flow) : engine::Flow{};
}

RunOverlay run(engine::Instant now)
{
    using namespace std::chrono_literals;
    RunOverlay overlay;
    const auto passed = [&](const char *step, int passes, engine::Milliseconds spent) {
        overlay.steps[{step}] = {.state = StepState::Passed, .passes = passes, .spent = spent};
    };
    passed("submitPayment", 1, 7100ms);
    passed("awaitPayment", 1, 24h + 4h + 48min);
    passed("isPaid", 1, 0ms);
    passed("ship", 1, 200ms);
    passed("remember", 2, 0ms);
    passed("isDelivered", 2, 0ms);
    overlay.steps[{"awaitShipment"}] = {.state = StepState::Waiting,
        .passes = 2,
        .tokens = 1,
        .since = now - (24h + 2h + 42min),
        .until = now + 24h * 12 + 21h};
    for (const auto &[from, way, times] :
        {std::tuple{"submitPayment", "next", 1}, {"awaitPayment", "next", 1},
            {"isPaid", "case:1", 1}, {"ship", "next", 1}, {"awaitShipment", "next", 2},
            {"remember", "next", 2}, {"isDelivered", "otherwise", 2}})
        overlay.ways[{{from}, way}] = times;
    return overlay;
}

/// The pictures of the design use Inter; where it is installed they can be laid side by side.
FlowStyle comparableStyle(app::ThemeKind theme)
{
    FlowStyle style = flowStyle(theme);
    if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) {
        for (QFont *font :
            {&style.title, &style.subtitle, &style.footer, &style.badge, &style.pill})
            font->setFamily(QStringLiteral("Inter"));
    }
    return style;
}

QImage draw(const FlowPicture &picture, const Looks &looks, const FlowStyle &style, double scale,
    double zoom)
{
    const QRectF area = picture.bounds().adjusted(-40, -40, 40, 40);
    QImage image((area.size() * scale * zoom).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    painter.scale(zoom, zoom);
    painter.translate(-area.topLeft());
    paintGround(painter, area, zoom, style);
    paintFlow(painter, picture, looks, area, zoom, style);
    return image;
}

} // namespace

class PicturesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(!sample().steps.empty()); }
    void theSampleIsDrawnInEveryTheme_data();
    void theSampleIsDrawnInEveryTheme();
    void theWidgetShowsItsControls();
    void everyKindAndStateIsDrawn_data() { theSampleIsDrawnInEveryTheme_data(); }
    void everyKindAndStateIsDrawn();
    void branchesAndNotesAreDrawn_data() { theSampleIsDrawnInEveryTheme_data(); }
    void branchesAndNotesAreDrawn();
};

void PicturesTest::theSampleIsDrawnInEveryTheme_data()
{
    QTest::addColumn<app::ThemeKind>("theme");
    QTest::addColumn<QString>("name");
    QTest::newRow("light") << app::ThemeKind::Light << QStringLiteral("light");
    QTest::newRow("dark") << app::ThemeKind::Dark << QStringLiteral("dark");
    QTest::newRow("high contrast") << app::ThemeKind::HighContrast << QStringLiteral("contrast");
}

void PicturesTest::theSampleIsDrawnInEveryTheme()
{
    QFETCH(app::ThemeKind, theme);
    QFETCH(QString, name);
    const FlowStyle style = comparableStyle(theme);
    FlowPicture picture(style);
    picture.show(sample());
    const engine::Instant now{engine::Milliseconds{1'000'000'000}};
    const Looks ran = runLooks(picture, run(now), now);
    for (const double scale : {1.0, 2.0}) {
        const QString size = QStringLiteral("%1x").arg(scale);
        QVERIFY(draw(picture, {}, style, scale, 1)
                    .save(QStringLiteral("canvas-design-%1-%2.png").arg(name, size)));
        QVERIFY(draw(picture, ran, style, scale, 1)
                    .save(QStringLiteral("canvas-run-%1-%2.png").arg(name, size)));
    }
    for (const double zoom : {0.6, 0.4, 0.2})
        QVERIFY(draw(picture, ran, style, 2, zoom)
                    .save(QStringLiteral("canvas-zoom-%1-%2.png").arg(name).arg(zoom * 100)));
}

void PicturesTest::everyKindAndStateIsDrawn()
{
    QFETCH(app::ThemeKind, theme);
    QFETCH(QString, name);
    const FlowStyle style = comparableStyle(theme);
    QImage image(1000, 760, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    paintGround(painter, QRectF(image.rect()), 1, style);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto stepOf = [&](StepKind kind, QPointF at, StepWords words) {
        StepPicture step{.kind = kind, .centre = at, .words = words};
        step.geometry = stepGeometry({.kind = kind,
            .ways = {{}, {engine::Transition::Kind::Timeout, {}, {}, {}}},
            .subtitle = !words.subtitle.isEmpty(),
            .footer = !words.footer.isEmpty(),
            .badgeWidth = words.badge.isEmpty()
                              ? 0.0
                              : QFontMetricsF(style.badge).horizontalAdvance(words.badge)});
        return step;
    };
    const auto paint = [&](const StepPicture &step, const StepLook &look = {}) {
        paintStep(painter, step, look, style);
        paintStepMarks(painter, step, look, style);
    };
    const auto q = [](const char *text) { return QString::fromUtf8(text); };
    const StepWords wait{
        q("Await payment"), q("PaymentConfirmed"), q("3 d → Unpaid"), FooterIcon::Clock};
    const StepWords submit{
        q("Submit payment"), q("http · POST"), q("30 s each · 5 attempts"), FooterIcon::Retry};
    StepWords any{
        q("First of"), q("Paid, Void, Late"), q("1 h → Remind"), FooterIcon::Clock, q("ANY")};
    StepWords collect{
        q("Invoices"), q("InvoiceReady"), q("5 min → go on"), FooterIcon::Clock, q("≤ 100")};
    StepWords each{q("Each parcel"), q("input.parcels"), {}, FooterIcon::None, q("16 ×")};
    const auto plain = [&](const char *title, const char *second) {
        return StepWords{q(title), q(second)};
    };
    paint(stepOf(StepKind::Activity, {110, 60}, submit));
    paint(stepOf(StepKind::Wait, {310, 60}, wait));
    paint(stepOf(StepKind::Wait, {510, 60}, any));
    paint(stepOf(StepKind::Collect, {710, 60}, collect));
    paint(stepOf(StepKind::Approval, {110, 150},
        {q("Manager OK"), q("anna, group leads"), q("2 d → reject"), FooterIcon::Clock}));
    paint(stepOf(StepKind::SubFlow, {310, 150}, plain("Refund", "RefundReview v3")));
    paint(stepOf(StepKind::ForEach, {510, 150}, each));
    paint(stepOf(StepKind::Set, {710, 150}, plain("Remember", "tracking, status")));
    paint(stepOf(StepKind::Unknown, {110, 240}, plain("shell.exec", "unknown kind, kept")));
    paint(stepOf(StepKind::Send, {310, 240}, plain("Tell warehouse", "send · PickList")));
    paint(stepOf(StepKind::Emit, {510, 240}, plain("Publish", "emit · order.paid")));
    double x = 50;
    for (const StepKind kind : {StepKind::Start, StepKind::Timer, StepKind::Choice, StepKind::End,
             StepKind::Fail, StepKind::ContinueAsNew, StepKind::Interrupt, StepKind::Resume}) {
        paint(stepOf(kind, {x, 320}, {}));
        x += 60;
    }
    paint(stepOf(StepKind::Parallel, {600, 320}, {}));
    const Pill counted{q("hourglass"), q("842"), Color::Waiting, Color::WaitingTint};
    const Pill running{q("running"), q("0:07"), Color::Running, Color::RunningTint};
    const std::vector<std::pair<StepWords, StepLook>> states{{wait, {}}, {wait, {.hovered = true}},
        {wait, {.selected = true}}, {wait, {.problem = engine::Severity::Error}},
        {wait, {.selected = true, .focused = true}}, {wait, {.dragged = true}},
        {wait, {.matched = true}}, {wait, {.faded = true}}, {wait, {.run = StepState::NotReached}},
        {submit, {.run = StepState::Running, .footer = q("next in 2 s"), .pill = running}},
        {wait, {.run = StepState::Waiting, .footer = q("1 d 4 h → Unpaid"), .tokens = 1}},
        {wait, {.run = StepState::Passed, .pill = Pill{q("tick"), q("3 ×")}}},
        {submit, {.problem = engine::Severity::Error,
                     .run = StepState::Failed,
                     .subtitle = q("HttpError 503"),
                     .footer = q("5 of 5 attempts")}},
        {wait, {.run = StepState::Suspended, .tokens = 1}},
        {wait, {.pill = counted, .secondPill = running}},
        {wait, {.run = StepState::Passed, .pill = Pill{q("tick"), {}}}}};
    for (std::size_t i = 0; i < states.size(); ++i) {
        const QPointF at(110 + 200 * double(i % 4), 420 + 90 * double(i / 4));
        paint(stepOf(states[i].first.title == submit.title ? StepKind::Activity : StepKind::Wait,
                  at, states[i].first),
            states[i].second);
    }
    paint(stepOf(StepKind::Choice, {860, 420}, {}),
        {.run = StepState::Passed, .pill = Pill{q("tick"), {}}});
    paint(stepOf(StepKind::End, {930, 420}, {}),
        {.run = StepState::Passed, .pill = Pill{q("tick"), {}}});
    QVERIFY(image.save(QStringLiteral("canvas-states-%1.png").arg(name)));
    QCOMPARE(image.pixelColor(110, 88 - 12), style[Color::NodeFoot]);
}

void PicturesTest::branchesAndNotesAreDrawn()
{
    QFETCH(app::ThemeKind, theme);
    QFETCH(QString, name);
    const FlowStyle style = comparableStyle(theme);
    const auto read = engine::readFlow(R"({ "signalbox": 1, "name": "Branches", "start": "both",
        "steps": {
            "both": { "kind": "parallel", "branches": ["a", "b", "c"], "join": "meet" },
            "a": { "kind": "set", "variables": { "x": 1 }, "next": "meet" },
            "b": { "kind": "wait", "event": "E", "timeout": "PT1H", "default": {}, "next": "meet" },
            "c": { "kind": "set", "next": "meet" },
            "meet": { "kind": "join", "mode": 2, "next": "each" },
            "each": { "kind": "forEach", "items": "=[1, 2]", "do": "one", "join": "gather" },
            "one": { "kind": "subFlow", "flow": "Other", "wait": false, "next": "gather" },
            "gather": { "kind": "join", "next": "tell" },
            "tell": { "kind": "send", "instance": "=input.id", "event": "Go", "next": "again" },
            "again": { "kind": "continueAsNew", "input": "=vars" },
            "memo": { "kind": "note", "text": "The carrier sends at most 40 updates a day." }
        },
        "layout": { "steps": { "both": [200, 100], "a": [0, 180], "b": [200, 180], "c": [400, 180],
            "meet": [200, 260], "each": [200, 340], "one": [200, 440], "gather": [200, 520],
            "tell": [200, 600], "again": [200, 700], "memo": [480, 340] } } })");
    QVERIFY(read);
    FlowPicture picture(style);
    picture.show(read->flow);
    const QImage image = draw(picture, {}, style, 2, 1);
    QVERIFY(image.save(QStringLiteral("canvas-branches-%1.png").arg(name)));
    const QRectF area = picture.bounds().adjusted(-40, -40, 40, 40);
    const auto at = [&](QPointF place) {
        return image.pixelColor(((place - area.topLeft()) * 2).toPoint());
    };
    QCOMPARE(at({120, 100}), style[Color::KindRoute]); // the bar is as wide as its branches
    const StepPicture &memo = picture.steps()[std::size_t(picture.stepNumber({"memo"}))];
    QVERIFY(memo.words.subtitle.contains(QLatin1Char('\n')));
    QCOMPARE(at(memo.body().bottomLeft() + QPointF(20, -4)),
        over(style[Color::Canvas], style[Color::Ochre], 0.14));
}

void PicturesTest::theWidgetShowsItsControls()
{
    FlowCanvas canvas;
    canvas.resize(660, 690);
    canvas.setFlow(sample());
    canvas.setSelection({{{"awaitPayment"}}, {}});
    canvas.setLiveCounts({{{"submitPayment"}, {.running = 12}},
        {{"awaitPayment"}, {.waiting = 842}}, {{"awaitShipment"}, {.waiting = 421}}});
    QVERIFY(canvas.grab().save(QStringLiteral("canvas-widget-design.png")));
    QVERIFY(canvas.findChild<Minimap *>()->isVisibleTo(&canvas));
    const engine::Instant now{engine::Milliseconds{1'000'000'000}};
    canvas.setClock([now] { return now; });
    canvas.setOverlay(run(now));
    QVERIFY(canvas.grab().save(QStringLiteral("canvas-widget-run.png")));
    QVERIFY(!canvas.findChild<Minimap *>()->isVisibleTo(&canvas));
    QVERIFY(canvas.findChild<Legend *>()->isVisibleTo(&canvas));
}

QTEST_MAIN(PicturesTest)
#include "pictures_test.moc"
