#include "designer/canvas/edge_lanes.h"

#include "designer/canvas/flow_style.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace designer {

namespace {

constexpr double near = length::lane - 1; ///< pieces closer than this lie on each other
constexpr std::size_t mostSorted = 100;   ///< in one bundle, by pairs; more are sorted by length

/// A piece that can be moved sideways: not the first and not the last of its edge. Upright ones are
/// described as they are, level ones mirrored at the diagonal, so that both are upright here.
struct Piece {
    LaneEdge *edge = nullptr;
    std::size_t first = 0; ///< number of its first point
    bool level = false;
    bool intoTrunk = false;
    double x = 0;
    double top = 0, bottom = 0;
    int topTurn = 0,
        bottomTurn = 0; ///< -1: what joins it there comes from the left, 1 from the right
    int away = 1;       ///< to which side lanes are added
};

QPointF mirrored(QPointF point, bool level) { return level ? point.transposed() : point; }

int sign(double value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

Piece pieceOf(LaneEdge &edge, std::size_t first)
{
    const auto &points = edge.points;
    const bool level = points[first].y() == points[first + 1].y();
    const auto at = [&](std::size_t i) { return mirrored(points[i], level); };
    const QPointF a = at(first), b = at(first + 1);
    Piece piece{.edge = &edge, .first = first, .level = level};
    piece.intoTrunk = first + 3 == points.size();
    piece.x = a.x();
    const int aTurn = sign(at(first - 1).x() - a.x());
    const int bTurn = sign(at(first + 2).x() - b.x());
    const bool down = a.y() < b.y();
    piece.top = std::min(a.y(), b.y());
    piece.bottom = std::max(a.y(), b.y());
    piece.topTurn = down ? aTurn : bTurn;
    piece.bottomTurn = down ? bTurn : aTurn;
    // Away from the step that it is nearer to: there is no room towards it.
    const double fromSource = a.x() - at(0).x(), fromTarget = a.x() - at(points.size() - 1).x();
    piece.away = sign(std::abs(fromTarget) < std::abs(fromSource) ? fromTarget : fromSource);
    if (piece.away == 0)
        piece.away = 1;
    return piece;
}

bool sameTrunk(const Piece &one, const Piece &other)
{
    return one.intoTrunk && other.intoTrunk && one.edge->target == other.edge->target &&
           one.edge->entry == other.edge->entry;
}

/// How many crossings are saved by having `one` to the left of `other`.
int savedLeft(const Piece &one, const Piece &other)
{
    const auto within = [](double y, const Piece &piece) {
        return y >= piece.top && y <= piece.bottom;
    };
    int saved = 0;
    if (within(one.top, other))
        saved -= one.topTurn;
    if (within(one.bottom, other))
        saved -= one.bottomTurn;
    if (within(other.top, one))
        saved += other.topTurn;
    if (within(other.bottom, one))
        saved += other.bottomTurn;
    return saved;
}

bool longerOutside(const Piece &one, const Piece &other)
{
    const double oneLength = one.bottom - one.top, otherLength = other.bottom - other.top;
    if (oneLength != otherLength)
        return (oneLength > otherLength) == (one.away < 0);
    return *one.edge->id < *other.edge->id;
}

bool isLeftOf(const Piece &one, const Piece &other)
{
    const int saved = savedLeft(one, other);
    return saved != 0 ? saved > 0 : longerOutside(one, other);
}

/// Pieces that share a lane, as one.
struct Strand {
    std::vector<Piece *> pieces;
};

using Bundle = std::vector<Strand>;

bool shiftedClear(const Piece &piece, double x, const GridIndex &steps)
{
    QRectF area(QPointF(x - 2, piece.top), QPointF(x + 2, piece.bottom));
    if (piece.level)
        area = QRectF(area.y(), area.x(), area.height(), area.width());
    bool clear = true;
    steps.visit(area, [&](int, const QRectF &) { clear = false; });
    return clear;
}

struct Spacing {
    double base;
    double gap;
    int away;

    double x(std::size_t lane, std::size_t count) const
    {
        return away > 0 ? base + gap * double(lane) : base - gap * double(count - 1 - lane);
    }
};

bool isClear(const Bundle &bundle, const Spacing &spacing, const GridIndex &steps)
{
    for (std::size_t lane = 0; lane < bundle.size(); ++lane) {
        for (const Piece *piece : bundle[lane].pieces) {
            if (!shiftedClear(*piece, spacing.x(lane, bundle.size()), steps))
                return false;
        }
    }
    return true;
}

void shift(const Piece &piece, double x)
{
    auto &points = piece.edge->points;
    for (const std::size_t i : {piece.first, piece.first + 1}) {
        QPointF point = mirrored(points[i], piece.level);
        point.setX(x);
        points[i] = mirrored(point, piece.level);
    }
}

void spread(Bundle &bundle, const GridIndex &steps)
{
    const auto &pieces = bundle.front().pieces;
    const int away = pieces.front()->away;
    double base = pieces.front()->x;
    for (const Strand &strand : bundle) {
        for (const Piece *piece : strand.pieces)
            base = away > 0 ? std::min(base, piece->x) : std::max(base, piece->x);
    }
    const std::array spacings{Spacing{base, length::lane, away}, Spacing{base, length::lane, -away},
        Spacing{base, length::lane / 2, away}, Spacing{base, length::lane / 2, -away}};
    const auto free = std::ranges::find_if(
        spacings, [&](const Spacing &spacing) { return isClear(bundle, spacing, steps); });
    if (free == spacings.end())
        return;
    for (std::size_t lane = 0; lane < bundle.size(); ++lane) {
        for (const Piece *piece : bundle[lane].pieces)
            shift(*piece, free->x(lane, bundle.size()));
    }
}

/// From left to right. Pairwise wishes need not be transitive, so no std::sort.
Bundle sorted(const std::vector<Strand> &strands)
{
    Bundle result;
    for (const Strand &strand : strands) {
        auto place = result.begin();
        if (strands.size() > mostSorted) {
            result.push_back(strand);
            continue;
        }
        while (place != result.end() && isLeftOf(*place->pieces.front(), *strand.pieces.front()))
            ++place;
        result.insert(place, strand);
    }
    return result;
}

/// `pieces` all lie on each other; those into one trunk become one strand.
void spreadBundle(const std::vector<Piece *> &pieces, const GridIndex &steps)
{
    std::vector<Strand> strands;
    for (Piece *piece : pieces) {
        const auto same = std::ranges::find_if(strands,
            [piece](const Strand &strand) { return sameTrunk(*strand.pieces.front(), *piece); });
        if (same != strands.end())
            same->pieces.push_back(piece);
        else
            strands.push_back({{piece}});
    }
    if (strands.size() < 2)
        return;
    Bundle bundle = sorted(strands);
    spread(bundle, steps);
}

/// Splits pieces on nearly one line into those that really lie on each other.
void spreadLine(std::vector<Piece *> line, const GridIndex &steps)
{
    std::ranges::sort(line, [](const Piece *one, const Piece *other) {
        if (one->top != other->top)
            return one->top < other->top;
        return one->bottom != other->bottom ? one->bottom < other->bottom
                                            : *one->edge->id < *other->edge->id;
    });
    std::vector<Piece *> together;
    double reach = 0;
    for (Piece *piece : line) {
        if (!together.empty() && piece->top >= reach + near) {
            spreadBundle(together, steps);
            together.clear();
        }
        reach = together.empty() ? piece->bottom : std::max(reach, piece->bottom);
        together.push_back(piece);
    }
    spreadBundle(together, steps);
}

void spreadPieces(std::vector<Piece> &pieces, const GridIndex &steps)
{
    std::ranges::sort(pieces, {}, &Piece::x);
    std::vector<Piece *> line;
    for (Piece &piece : pieces) {
        if (!line.empty() && piece.x - line.back()->x >= near) {
            if (line.size() > 1)
                spreadLine(line, steps);
            line.clear();
        }
        line.push_back(&piece);
    }
    if (line.size() > 1)
        spreadLine(line, steps);
}

std::vector<Piece> piecesOf(std::vector<LaneEdge> &edges, bool level)
{
    std::vector<Piece> pieces;
    for (LaneEdge &edge : edges) {
        for (std::size_t first = 1; first + 2 < edge.points.size(); ++first) {
            if ((edge.points[first].y() == edge.points[first + 1].y()) == level)
                pieces.push_back(pieceOf(edge, first));
        }
    }
    return pieces;
}

} // namespace

void spreadLanes(std::vector<LaneEdge> &edges, const GridIndex &steps)
{
    // Upright pieces first; the level ones then know how far they reach.
    for (const bool level : {false, true}) {
        std::vector<Piece> pieces = piecesOf(edges, level);
        spreadPieces(pieces, steps);
    }
}

} // namespace designer
