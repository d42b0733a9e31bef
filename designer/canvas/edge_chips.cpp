#include "designer/canvas/edge_chips.h"

#include "designer/canvas/flow_style.h"

#include <algorithm>
#include <cmath>

namespace designer {

namespace {

constexpr double padding = 6;
constexpr double clockWide = 16; ///< with its gap
constexpr double arrowGap = 8;
constexpr double smallestGap = 2;
constexpr double portGap = 4; ///< from the step that the edge leaves

struct Piece {
    QPointF from, to;
    bool first = false, last = false;

    double length() const { return (to - from).manhattanLength(); }
    bool level() const { return from.y() == to.y(); }
};

bool touchesStep(const QRectF &rect, const GridIndex &steps)
{
    bool touches = false;
    steps.visit(rect, [&](int, const QRectF &) { touches = true; });
    return touches;
}

QRectF chipAround(const Piece &piece, double along, double width)
{
    const QPointF direction = (piece.to - piece.from) / piece.length();
    const QPointF middle = piece.from + direction * along;
    return {middle.x() - width / 2, middle.y() - length::chipHigh / 2, width, length::chipHigh};
}

/// The chip on `piece`, or an empty rectangle where it does not fit.
QRectF onPiece(const Piece &piece, double width, double gapAtArrow)
{
    const double size = piece.level() ? width : length::chipHigh;
    const double before = piece.first ? portGap : length::corner;
    const double after = piece.last ? length::arrowLong + gapAtArrow : length::corner;
    const double from = before + size / 2, to = piece.length() - after - size / 2;
    if (from > to)
        return {};
    return chipAround(piece, std::clamp(piece.length() / 2, from, to), width);
}

/// Beside the longest piece: to the right of an upright one, above a level one.
QRectF besidePiece(const Piece &piece, double width)
{
    const QPointF middle = (piece.from + piece.to) / 2;
    if (piece.level())
        return {middle.x() - width / 2, middle.y() - length::chipHigh - 2, width, length::chipHigh};
    return {middle.x() + 4, middle.y() - length::chipHigh / 2, width, length::chipHigh};
}

} // namespace

double chipWidth(double textWidth, bool clock)
{
    const double width = textWidth + 2 * padding + (clock ? clockWide : 0);
    return std::ceil(width / 4) * 4;
}

ChipPlace placeChip(const std::vector<QPointF> &points, double width, const GridIndex &steps)
{
    std::vector<Piece> pieces;
    for (std::size_t i = 1; i < points.size(); ++i)
        pieces.push_back({points[i - 1], points[i], i == 1, i + 1 == points.size()});
    if (pieces.empty())
        return {};
    std::ranges::stable_sort(pieces, std::greater(), &Piece::length);
    for (const double gap : {arrowGap, smallestGap}) {
        for (const Piece &piece : pieces) {
            const QRectF rect = onPiece(piece, width, gap);
            if (!rect.isEmpty() && !touchesStep(rect.adjusted(0.5, 0.5, -0.5, -0.5), steps))
                return {rect, true};
        }
    }
    return {besidePiece(pieces.front(), width), false};
}

} // namespace designer
