#pragma once

#include "app/widgets/theme.h"

#include <QColor>
#include <QFont>

#include <array>

namespace designer {

/// Colours and type of the picture in one theme; asked once per theme, read while painting.
struct FlowStyle {
    app::ThemeKind theme = app::ThemeKind::Light;
    std::array<QColor, static_cast<std::size_t>(app::Color::Count)> colors;
    QFont title;    ///< of a step
    QFont subtitle; ///< second line, names of groups and regions in 600
    QFont footer;   ///< also chips and durations
    QFont badge;    ///< ANY, ALL, 2 / 3
    QFont pill;

    const QColor &operator[](app::Color name) const
    {
        return colors[static_cast<std::size_t>(name)];
    }
};

/// Main thread: fonts come from the application.
FlowStyle flowStyle(app::ThemeKind theme);
/// `ink` at `share` (0 to 1) over `ground`, opaque.
QColor over(const QColor &ground, const QColor &ink, double share);
QColor translucent(const QColor &ink, double opacity);

/// Lengths of the picture in flow pixels.
namespace length {
inline constexpr double grid = 10;
inline constexpr double dots = 20;
inline constexpr double outline = 1;
inline constexpr double outlineStrong = 2; ///< selected or live
inline constexpr double edge = 1.5;
inline constexpr double edgeStrong = 2.5; ///< taken or hovered
inline constexpr double corner = 6;       ///< of an edge
inline constexpr double arrowLong = 8;
inline constexpr double arrowWide = 9;
inline constexpr double leave = 16; ///< straight out of a port
inline constexpr double turn = 20;  ///< where a side way turns
inline constexpr double enter = 12; ///< straight into a port
inline constexpr double trunk = 18; ///< shared by edges into one target
inline constexpr double lane = 8;   ///< between edges of different targets
inline constexpr double clear = 12; ///< from steps that an edge passes
inline constexpr double loop = 40;  ///< from the widest step that a loop jumps over
inline constexpr double cut = 4;    ///< each side of a crossing
inline constexpr double chipHigh = 18;
inline constexpr double port = 7;
inline constexpr double portHit = 10; ///< radius on the screen
} // namespace length

} // namespace designer
