// Draws the panels into the build directory, to be looked at beside the pictures of the design, and
// checks that they hold at the width of their docks.
#include "app/widgets/elided_label.h"
#include "app/widgets/theme.h"
#include "designer/canvas_bar.h"
#include "designer/document/flow_document.h"
#include "designer/document/new_step.h"
#include "designer/panels/palette_panel.h"
#include "designer/panels/problems_panel.h"
#include "designer/panels/properties_panel.h"
#include "engine/model/flow_reader.h"

#include <QApplication>
#include <QFile>
#include <QLocale>
#include <QScrollArea>
#include <QTest>

using namespace designer;

namespace {

constexpr int inspectorWidth = 304;
constexpr int paletteWidth = 236;

void load(FlowDocument &document)
{
    QFile file(
        QStringLiteral(SIGNALBOX_SOURCE_DIR "/resources/examples/OrderFulfillment.flow.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read the order");
    const std::string text = file.readAll().toStdString();
    auto read = engine::readFlow(text);
    document.reset(std::move(read->flow), text);
}

void save(QWidget &panel, const QString &name)
{
    const QString theme = QString::fromLatin1(QTest::currentDataTag());
    QVERIFY(panel.grab().save(QStringLiteral("panel-%1-%2.png").arg(name, theme)));
}

/// What is inside a scroll area must not be wider than it: nobody scrolls a panel sideways.
bool fitsItsWidth(const QWidget &panel)
{
    const auto *scroll = panel.findChild<QScrollArea *>();
    return scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width();
}

} // namespace

class PanelPicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inspectorHoldsInItsDock_data() { themes(); }
    void inspectorHoldsInItsDock()
    {
        useTheme();
        FlowDocument document;
        load(document);
        PropertiesPanel panel(document);
        const auto now = engine::instantFromText("2026-11-20T14:58:00Z");
        panel.setClock([at = *now] { return at; });
        panel.resize(inspectorWidth, 900);
        panel.show();
        QVERIFY(fitsItsWidth(panel));
        save(panel, QStringLiteral("flow"));
        for (const char *step : {"awaitPayment", "submitPayment", "isPaid", "remember", "done"}) {
            panel.showStep({step});
            QTRY_VERIFY2(fitsItsWidth(panel), step);
            save(panel, QString::fromLatin1(step));
        }
        for (const std::string_view kind : newStepKinds()) {
            panel.showStep(document.addStep(kind, {900, 900}));
            QTRY_VERIFY2(fitsItsWidth(panel), std::string(kind).c_str());
            save(panel, QString::fromStdString("new-" + std::string(kind)));
        }
    }

    void paletteHoldsInItsDock_data() { themes(); }
    void paletteHoldsInItsDock()
    {
        useTheme();
        PalettePanel panel;
        panel.resize(paletteWidth, 640);
        panel.show();
        QVERIFY(fitsItsWidth(panel));
        save(panel, QStringLiteral("palette"));
    }

    void barAndProblemsAreDrawn_data() { themes(); }
    void barAndProblemsAreDrawn()
    {
        useTheme();
        CanvasBar bar;
        bar.showFlow(QStringLiteral("OrderFulfillment"));
        bar.showDraft(7, 3);
        bar.showUndo(QStringLiteral("Move Ship"), true, {}, false);
        bar.resize(660, 40);
        save(bar, QStringLiteral("bar"));
        ProblemsPanel problems;
        engine::Problem problem;
        problem.text = "%1 waits for ever: it has no timeout and no default.";
        problem.arguments = {"awaitShipment"};
        problem.step = {"awaitShipment"};
        engine::Problem warning = problem;
        warning.severity = engine::Severity::Warning;
        engine::Problem hint;
        hint.severity = engine::Severity::Hint;
        hint.text = "Event ShipmentUpdate has no example.";
        problems.setProblems({problem, warning, hint},
            [](const engine::StepId &) { return QStringLiteral("Await shipment"); });
        problems.resize(880, 130);
        save(problems, QStringLiteral("problems"));
    }

    void theNameOfTheFlowKeepsItsRoomInANarrowBar()
    {
        CanvasBar bar;
        bar.showFlow(QStringLiteral("OrderFulfillment"));
        bar.showDraft(7, 3);
        const auto labels = bar.findChildren<app::ElidedLabel *>();
        QCOMPARE(labels.size(), 2);
        bar.resize(bar.sizeHint().width() + 4, 40); // the hint has no room for the draft
        bar.show();
        QVERIFY(labels.first()->width() >= labels.first()->sizeHint().width());
        QVERIFY(labels.last()->width() < labels.last()->sizeHint().width());
        bar.resize(900, 40);
        QVERIFY(labels.last()->width() >= labels.last()->sizeHint().width());
    }

private:
    static void themes()
    {
        QTest::addColumn<app::ThemeKind>("theme");
        QTest::newRow("light") << app::ThemeKind::Light;
        QTest::newRow("dark") << app::ThemeKind::Dark;
    }
    static void useTheme()
    {
        QFETCH(app::ThemeKind, theme);
        app::applyTheme(*qApp, theme);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale::c());
    PanelPicturesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "panel_pictures_test.moc"
