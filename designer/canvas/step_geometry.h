#pragma once

#include "designer/canvas/step_kind.h"
#include "engine/model/flow.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <optional>
#include <vector>

namespace designer {

enum class Side { Top, Right, Bottom, Left };
enum class Direction { Down, Right };

/// A place where edges touch a step. `at` is relative to the step's centre.
struct Port {
    QPointF at;
    Side side = Side::Bottom;
    int way = -1; ///< position in the step's ways out; -1: here edges come in

    bool operator==(const Port &) const = default;
};

/// What a step needs room for.
struct StepContent {
    StepKind kind = StepKind::Activity;
    std::vector<engine::Transition> ways;
    int mainWay = 0; ///< position of the way that goes on straight
    bool subtitle = true;
    bool footer = false;
    bool footerIcon = true;
    double badgeWidth = 0; ///< of its text; 0: no badge
    int lines = 1;         ///< of the text of a note
    Direction direction = Direction::Down;
};

/// Lengths of a step of canvas.md, section 3. All relative to the step's centre.
struct StepGeometry {
    QRectF body; ///< the outline; its upper left corner is 0, 0 in canvas.md
    QRectF tile; ///< behind the icon: rectangle or disc
    QRectF icon;
    QRectF title; ///< text is centred vertically in it, as in the next ones
    QRectF subtitle;
    QRectF badge;
    QRectF footer; ///< empty: none
    QRectF footerIcon;
    QRectF footerText;
    std::vector<QRectF> rows; ///< text of the ways that stand on the step
    std::vector<int> rowWays; ///< which way each row is
    std::vector<Port> ports;  ///< ways out, in their order, after the one where edges come in
    QRectF extent;            ///< with labels beside the outline and further outlines

    bool operator==(const StepGeometry &) const = default;
};

/// Of a note: from its edge to its text, from line to line, and what the folded corner takes.
namespace note {
inline constexpr double inset = 12;
inline constexpr double lineHigh = 16;
inline constexpr double fold = 14;
} // namespace note

StepGeometry stepGeometry(const StepContent &content);
/// The outline of a shape that fills `body`; `grown` moves it outwards.
QPainterPath outline(StepShape shape, const QRectF &body, double grown = 0);
/// Moves the ways of a choice to the corners that look at their targets: each corner to one way as
/// long as there are corners. `targets` by way, relative to the choice's centre; none: nowhere yet.
void turnChoicePorts(StepGeometry &geometry, const std::vector<std::optional<QPointF>> &targets,
    Direction direction);
/// Puts the branches of a parallel step in the order in which their targets stand along its side.
void turnBranchPorts(StepGeometry &geometry, const std::vector<std::optional<QPointF>> &targets,
    Direction direction);
/// Where edges may come in: round steps take them on every side that no way leaves from.
std::vector<Port> entries(const StepGeometry &geometry, StepShape shape);
QPointF outward(Side side);

} // namespace designer
