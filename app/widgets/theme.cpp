#include "app/widgets/theme.h"

#include "app/widgets/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QProxyStyle>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>
#include <QVariant>
#include <QWidget>

#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

ThemeKind theTheme = ThemeKind::Light; // the main thread's; there is one application

struct Face {
    double points;
    QFont::Weight weight;
    bool mono = false;
};

constexpr std::array<Face, 11> faces{{
    {21, QFont::DemiBold},    // Number
    {15, QFont::DemiBold},    // Title
    {12, QFont::DemiBold},    // Heading
    {9.75, QFont::Normal},    // Body
    {9.75, QFont::DemiBold},  // BodyStrong
    {9, QFont::Normal},       // Small
    {9, QFont::DemiBold},     // SmallStrong
    {8.25, QFont::Normal},    // Caption
    {8.25, QFont::DemiBold},  // CaptionStrong
    {7.5, QFont::Bold},       // Tiny
    {9, QFont::Normal, true}, // Mono
}};

constexpr double designedPoints = 9.75; // the size of body text that the other sizes belong to

/// Where no desktop runs, the size of the system's font is nobody's choice.
double textScale()
{
    static const double scale =
        qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP")
            ? 1.0
            : QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF() / designedPoints;
    return scale > 0 ? scale : 1.0;
}

QPalette paletteOf(ThemeKind theme)
{
    const auto of = [&](Color name) { return color(theme, name); };
    QPalette palette;
    palette.setColor(QPalette::Window, of(Color::Window));
    palette.setColor(QPalette::WindowText, of(Color::Text));
    palette.setColor(QPalette::Text, of(Color::Text));
    palette.setColor(QPalette::ButtonText, of(Color::Text));
    palette.setColor(QPalette::BrightText, of(Color::OnAccent));
    palette.setColor(QPalette::Base, of(Color::Base));
    palette.setColor(QPalette::AlternateBase, of(Color::Panel));
    palette.setColor(QPalette::Button, of(Color::Base));
    palette.setColor(QPalette::Highlight, of(Color::Selection));
    palette.setColor(QPalette::HighlightedText, of(Color::Text));
    palette.setColor(QPalette::PlaceholderText, of(Color::Text3));
    palette.setColor(QPalette::Link, of(Color::Accent));
    palette.setColor(QPalette::LinkVisited, of(Color::Accent));
    palette.setColor(QPalette::ToolTipBase, of(Color::Raised));
    palette.setColor(QPalette::ToolTipText, of(Color::Text));
    palette.setColor(QPalette::Mid, of(Color::Border));
    palette.setColor(QPalette::Light, of(Color::Line));
    palette.setColor(QPalette::Midlight, of(Color::Line));
    palette.setColor(QPalette::Dark, of(Color::Control));
    palette.setColor(QPalette::Shadow, of(Color::Shadow));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, of(Color::TextDisabled));
    return palette;
}

/// Fusion, without lines below the letters of menus; Alt and the letter work all the same.
class QuietFusion : public QProxyStyle
{
public:
    QuietFusion()
        : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *more) const override
    {
        return hint == SH_UnderlineShortcut ? 0
                                            : QProxyStyle::styleHint(hint, option, widget, more);
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override
    {
        if (element != PE_FrameTabBarBase) // tabs of ours stand on their page, without a line
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
};

void setFonts()
{
    QApplication::setFont(font(Type::Body));
    for (const char *small : {"QLineEdit", "QComboBox", "QAbstractSpinBox", "QAbstractItemView",
             "QHeaderView", "QTextEdit", "QToolTip"})
        QApplication::setFont(font(Type::Small), small);
    QFont control = font(Type::Small);
    control.setWeight(QFont::Medium);
    for (const char *pressed : {"QAbstractButton", "QTabBar"})
        QApplication::setFont(control, pressed);
    QApplication::setFont(font(Type::Caption), "QStatusBar");
    QApplication::setFont(font(Type::Body), "QMenu");
    QApplication::setFont(font(Type::Body), "QMenuBar");
    QApplication::setFont(font(Type::Mono), "QPlainTextEdit");
    QToolTip::setFont(font(Type::Caption));
}

} // namespace

QColor color(Color name) { return color(theTheme, name); }

QFont font(Type name)
{
    const Face &face = faces[static_cast<std::size_t>(name)];
    QFont made = QFontDatabase::systemFont(
        face.mono ? QFontDatabase::FixedFont : QFontDatabase::GeneralFont);
    made.setPointSizeF(face.points * textScale());
    made.setWeight(face.weight);
    return made;
}

ThemeKind currentTheme() { return theTheme; }

void applyTheme(QApplication &application, ThemeKind theme)
{
    theTheme = theme;
    if (application.styleSheet().isEmpty())
        application.setStyle(new QuietFusion);
    QApplication::setPalette(paletteOf(theme));
    application.setStyleSheet(styleSheet(theme));
    setFonts(); // last: the first style sheet makes a style of its own, and a new style forgets
                // fonts
}

void setRole(QWidget *widget, const char *role)
{
    setStyleProperty(widget, "role", QString::fromLatin1(role));
}

void setSurface(QWidget *widget, const char *surface)
{
    widget->setAttribute(Qt::WA_StyledBackground); // plain QWidgets paint no background without it
    setStyleProperty(widget, "surface", QString::fromLatin1(surface));
}

void setWrong(QWidget *widget, bool wrong) { setStyleProperty(widget, "wrong", wrong); }

void setStyleProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    if (widget->testAttribute(Qt::WA_WState_Polished)) {
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
    }
    widget->update();
}

} // namespace app
