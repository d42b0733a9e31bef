#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

class QApplication;
class QVariant;
class QWidget;

namespace app {

enum class ThemeKind { Light, Dark, HighContrast };

/// Names of colours; their values stand in one table in theme_colors.cpp.
// clang-format off
enum class Color {
    // surfaces
    Window, Panel, Base, Raised, Inset, Canvas, Grid, Node, NodeFoot, Chip, Hover, Press, Selection,
    AccentTint, Shadow,
    // text and lines
    Text, Text2, Text3, TextDisabled, OnAccent, Line, Border, Control, NodeBorder, Accent,
    AccentHover, AccentPress, Focus,
    // edges
    Edge, EdgeHover, EdgeTaken, EdgeUnreached, WaitMark,
    // status: ink and tint
    Pending, Running, Waiting, Suspended, Completed, Failed, Terminated, PendingTint, RunningTint,
    WaitingTint, SuspendedTint, CompletedTint, FailedTint, TerminatedTint,
    // step kinds
    KindWork, KindWait, KindPeople, KindRoute, KindData, KindOut, KindEnd, KindFail, KindInterrupt,
    KindUnknown,
    // groups and notes, the same in all themes
    Slate, Red, Orange, Ochre, Green, Teal, Blue, Violet,
    // charts
    Chart1, Chart2, Chart3, Chart4, Chart5, Chart6,
    // JSON, modes, toast
    JsonKey, JsonString, JsonNumber, JsonWord, ModeDesign, ModeRun, ModeReplay, Toast, ToastText,
    ToastAction,
    Count
};

/// Names of type sizes and weights. Strong is 600 where the plain one is 400 or 500.
enum class Type {
    Number, Title, Heading, Body, BodyStrong, Small, SmallStrong, Caption, CaptionStrong, Tiny, Mono
};
// clang-format on

/// The value of a colour in a theme.
QColor color(ThemeKind theme, Color name);
/// The value in the application's present theme. Main thread.
QColor color(Color name);
/// The system's font in that size, scaled with the system's font size.
QFont font(Type name);

ThemeKind currentTheme();
/// Sets palette, style sheet and Fusion; widgets get QEvent::PaletteChange and repaint.
void applyTheme(QApplication &application, ThemeKind theme);
/// What the desktop asks for now.
ThemeKind systemTheme();

/// Says when the desktop may ask for something else than before. Main thread.
class DesktopWatch : public QObject
{
    Q_OBJECT

public:
    /// Watches the application as long as it lives.
    explicit DesktopWatch(QObject *parent);

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool m_saying = false; ///< one change reaches every window
};

// ── what the style sheet (resources/theme.qss) tells apart by property ───────────────────────────

/// Sets the property `role`:
///   QPushButton  primary (one per area), flat, link, good, approve (good and the first choice),
///                danger (reject, terminate)
///   QToolButton  outline; none: flat
///   QLabel       text2, text3, error, warning, good
///   QTabBar      under (a line below the current tab, for tabs inside a page)
///   QTextEdit, QPlainTextEdit  code;  QLineEdit  bare
/// The property `small` = true makes buttons and inputs 24 high instead of 28.
void setRole(QWidget *widget, const char *role);
/// Sets the property `surface`, the background of a plain widget: window, panel, base, raised,
/// inset (rounded block of code), canvas, card (rounded, outlined QFrame), line (hairline QFrame).
void setSurface(QWidget *widget, const char *surface);
/// Marks an input whose text is wrong: its outline is `sFailed`.
void setWrong(QWidget *widget, bool wrong);
/// Sets a property that the style sheet asks for and styles the widget anew.
void setStyleProperty(QWidget *widget, const char *name, const QVariant &value);

} // namespace app
