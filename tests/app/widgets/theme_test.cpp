#include "app/widgets/theme.h"

#include "app/widgets/icon_picture.h"
#include "app/widgets/icons.h"
#include "app/widgets/style_sheet.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;
using app::Color;
using app::ThemeKind;

namespace {

const std::vector<ThemeKind> themes{ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &of)
{
    return 0.2126 * linear(of.redF()) + 0.7152 * linear(of.greenF()) + 0.0722 * linear(of.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [dark, light] = std::minmax(luminance(one), luminance(other));
    return (light + 0.05) / (dark + 0.05);
}

/// The lowest contrast that was measured, and the surface it was measured on.
struct Measured {
    Color surface;
    double ratio;
};

struct Row {
    const char *name;
    Color ink;
    double needed;
    Measured light, dark, highContrast;
};

using enum Color;
const std::vector<Row> rows{
    {"text", Text, 4.5, {Selection, 13.41}, {Selection, 10.13}, {Selection, 9.84}},
    {"text2", Text2, 4.5, {Selection, 6.24}, {Selection, 6.16}, {Selection, 9.84}},
    {"text3", Text3, 4.5, {Selection, 4.53}, {Selection, 4.55}, {Selection, 7.45}},
    {"accent", Accent, 4.5, {Window, 4.81}, {AccentTint, 5.97}, {AccentTint, 8.29}},
    {"onAccent", OnAccent, 4.5, {Accent, 5.75}, {Accent, 7.79}, {Accent, 13.67}},
    {"control", Control, 3, {Panel, 3.10}, {Base, 3.89}, {Panel, 21.00}},
    {"nodeBorder", NodeBorder, 3, {Canvas, 3.19}, {Node, 3.89}, {Canvas, 21.00}},
    {"focus", Focus, 3, {Window, 4.81}, {Base, 7.15}, {Window, 16.57}},
    {"edge", Edge, 3, {Canvas, 3.97}, {Canvas, 5.86}, {Canvas, 21.00}},
    {"edgeHover", EdgeHover, 3, {Canvas, 5.18}, {Canvas, 7.82}, {Canvas, 13.67}},
    {"edgeTaken", EdgeTaken, 3, {Canvas, 5.48}, {Canvas, 8.46}, {Canvas, 16.25}},
    {"waitMark", WaitMark, 3, {Canvas, 3.60}, {Node, 8.16}, {Canvas, 14.57}},
    {"sPending", Pending, 4.5, {Selection, 4.86}, {Selection, 5.37}, {Selection, 7.45}},
    {"sRunning", Running, 4.5, {Selection, 4.94}, {Selection, 6.21}, {Selection, 6.41}},
    {"sWaiting", Waiting, 4.5, {Selection, 5.08}, {Selection, 6.55}, {Selection, 6.83}},
    {"sSuspended", Suspended, 4.5, {Selection, 5.60}, {Selection, 5.44}, {Selection, 5.51}},
    {"sCompleted", Completed, 4.5, {Selection, 4.89}, {Selection, 5.64}, {Selection, 7.61}},
    {"sFailed", Failed, 4.5, {Selection, 4.85}, {Selection, 5.09}, {Selection, 4.85}},
    {"sTerminated", Terminated, 4.5, {TerminatedTint, 7.03}, {Selection, 6.43}, {Selection, 7.45}},
    {"kWork", KindWork, 4.5, {Canvas, 5.86}, {Node, 7.36}, {Canvas, 16.62}},
    {"kWait", KindWait, 4.5, {Canvas, 5.95}, {Node, 6.91}, {Canvas, 13.08}},
    {"kPeople", KindPeople, 4.5, {Canvas, 5.67}, {Node, 7.05}, {Canvas, 12.71}},
    {"kRoute", KindRoute, 4.5, {Canvas, 5.67}, {Node, 7.48}, {Canvas, 15.34}},
    {"kData", KindData, 4.5, {Canvas, 5.67}, {Node, 8.06}, {Canvas, 16.74}},
    {"kOut", KindOut, 4.5, {Canvas, 5.20}, {Node, 7.39}, {Canvas, 14.06}},
    {"kEnd", KindEnd, 4.5, {Canvas, 8.83}, {Node, 9.49}, {Canvas, 21.00}},
    {"kFail", KindFail, 4.5, {Canvas, 5.44}, {Node, 6.35}, {Canvas, 10.34}},
    {"kInterrupt", KindInterrupt, 4.5, {Canvas, 5.16}, {Node, 7.62}, {Canvas, 13.08}},
    {"kUnknown", KindUnknown, 4.5, {Canvas, 4.92}, {Node, 5.47}, {Canvas, 15.91}},
    {"c1", Chart1, 3, {Panel, 6.01}, {Base, 6.18}, {Panel, 13.67}},
    {"c2", Chart2, 3, {Panel, 5.98}, {Base, 6.20}, {Panel, 11.65}},
    {"c3", Chart3, 3, {Panel, 3.86}, {Base, 9.00}, {Panel, 16.25}},
    {"c4", Chart4, 3, {Panel, 4.69}, {Base, 5.06}, {Panel, 12.71}},
    {"c5", Chart5, 3, {Panel, 3.21}, {Base, 10.93}, {Panel, 16.57}},
    {"c6", Chart6, 3, {Panel, 10.51}, {Base, 11.76}, {Panel, 21.00}},
    {"jsonKey", JsonKey, 4.5, {Inset, 5.11}, {Base, 8.12}, {Base, 14.06}},
    {"jsonString", JsonString, 4.5, {Inset, 5.39}, {Base, 9.43}, {Base, 16.25}},
    {"jsonNumber", JsonNumber, 4.5, {Inset, 5.07}, {Base, 8.38}, {Base, 13.08}},
    {"jsonWord", JsonWord, 4.5, {Inset, 5.85}, {Base, 7.60}, {Base, 13.08}},
    {"toastText", ToastText, 4.5, {Toast, 13.47}, {Toast, 14.49}, {Toast, 21.00}},
    {"toastAction", ToastAction, 4.5, {Toast, 7.81}, {Toast, 7.21}, {Toast, 12.09}},
};

const std::vector<Color> readingSurfaces{
    Window, Panel, Base, Raised, Inset, Canvas, Node, NodeFoot, Chip, Selection, AccentTint};

QImage painted(const QString &name, double scale)
{
    QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.scale(scale, scale);
    app::paintIcon(painter, name, QRectF(0, 0, 16, 16), Qt::red);
    return image;
}

bool hasInk(const QImage &image, const QRect &place)
{
    for (int y = place.top(); y <= place.bottom(); ++y)
        for (int x = place.left(); x <= place.right(); ++x)
            if (qAlpha(image.pixel(x, y)) > 0)
                return true;
    return false;
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private slots:
    void everyInkHasTheContrastThatWasMeasured_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t row = 0; row < rows.size(); ++row)
            QTest::newRow(rows[row].name) << static_cast<int>(row);
    }

    void everyInkHasTheContrastThatWasMeasured()
    {
        QFETCH(int, row);
        const Row &wanted = rows[static_cast<std::size_t>(row)];
        const std::vector<Measured> measured{wanted.light, wanted.dark, wanted.highContrast};
        for (std::size_t at = 0; at < themes.size(); ++at) {
            const double ratio = contrast(
                app::color(themes[at], wanted.ink), app::color(themes[at], measured[at].surface));
            QVERIFY2(
                std::abs(ratio - measured[at].ratio) < 0.006, qPrintable(QString::number(ratio)));
            QVERIFY(ratio >= wanted.needed);
        }
    }

    void textCanBeReadOnEverySurface()
    {
        for (const ThemeKind theme : themes)
            for (const Color ink : {Text, Text2, Text3})
                for (const Color surface : readingSurfaces)
                    QVERIFY(contrast(app::color(theme, ink), app::color(theme, surface)) >= 4.5);
    }

    void statusCanBeReadOnItsTint()
    {
        const std::vector<std::pair<Color, Color>> pairs{{Pending, PendingTint},
            {Running, RunningTint}, {Waiting, WaitingTint}, {Suspended, SuspendedTint},
            {Completed, CompletedTint}, {Failed, FailedTint}, {Terminated, TerminatedTint}};
        for (const ThemeKind theme : themes)
            for (const auto &[ink, tint] : pairs)
                QVERIFY(contrast(app::color(theme, ink), app::color(theme, tint)) >= 4.5);
    }

    void groupColoursPassOnBothCanvases()
    {
        for (const ThemeKind theme : themes)
            for (const Color group : {Slate, Red, Orange, Ochre, Green, Teal, Blue, Violet})
                QVERIFY(contrast(app::color(theme, group), app::color(theme, Canvas)) >= 3.0);
    }

    void theStyleSheetNamesOnlyWhatTheThemeKnows()
    {
        for (const ThemeKind theme : themes) {
            const QString filled = app::styleSheet(theme);
            QVERIFY(filled.size() > 1000);
            QVERIFY2(!filled.contains(u'@'), qPrintable(filled.mid(filled.indexOf(u'@'), 40)));
            QVERIFY(!filled.contains(u"icon("_s));
        }
        QCOMPARE(app::filledTemplate(u"@nothing @accent @text/14"_s, ThemeKind::Light),
            u"@nothing #2b5fd0 rgba(26, 30, 38, 14%)"_s);
    }

    void changingTheThemeChangesPaletteAndIcons()
    {
        const QIcon icon = app::icon(u"search"_s, Color::Accent);
        app::applyTheme(*qApp, ThemeKind::Dark);
        QCOMPARE(app::currentTheme(), ThemeKind::Dark);
        QCOMPARE(
            QApplication::palette().color(QPalette::Window), app::color(ThemeKind::Dark, Window));
        const QImage dark = icon.pixmap(16).toImage();
        app::applyTheme(*qApp, ThemeKind::Light);
        QCOMPARE(
            QApplication::palette().color(QPalette::Window), app::color(ThemeKind::Light, Window));
        QVERIFY(icon.pixmap(16).toImage() != dark);
    }

    void everyIconIsAPicture()
    {
        QVERIFY(app::iconNames().size() >= 60);
        for (const QString &name : app::iconNames()) {
            const QByteArray picture = app::iconPicture(name, Qt::red, 1.5);
            QVERIFY2(QSvgRenderer(picture).isValid(), qPrintable(name));
            QVERIFY2(hasInk(painted(name, 1), QRect(0, 0, 16, 16)), qPrintable(name));
        }
    }

    void anIconGrowsWithThePainter()
    {
        QVERIFY(!hasInk(painted(u"flows"_s, 1), QRect(16, 16, 16, 16)));
        QVERIFY(hasInk(painted(u"flows"_s, 2), QRect(18, 18, 14, 14)));
    }

    void anUnknownIconLeavesItsPlaceEmpty()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"icon=nothing"_s));
        QVERIFY(!hasInk(painted(u"nothing"_s, 1), QRect(0, 0, 32, 32)));
    }

    void sizesOfTextKeepTheirProportions()
    {
        const double body = app::font(app::Type::Body).pointSizeF();
        QVERIFY(std::abs(app::font(app::Type::Number).pointSizeF() / body - 21 / 9.75) < 0.01);
        QVERIFY(std::abs(app::font(app::Type::Tiny).pointSizeF() / body - 7.5 / 9.75) < 0.01);
    }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
