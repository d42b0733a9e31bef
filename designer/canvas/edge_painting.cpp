#include "designer/canvas/edge_painting.h"

#include "app/widgets/icons.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace designer {

namespace {

using app::Color;
using Run = EdgeLook::Run;

struct EdgePen {
    QColor color;
    double width = length::edge;
    std::vector<double> dashes; ///< in px; empty: solid
};

bool isInterrupt(const EdgePicture &edge) { return isInterruptMark(edge.id.from); }

EdgePen edgePen(const EdgePicture &edge, const EdgeLook &look, const FlowStyle &style)
{
    if (look.dropTarget)
        return {style[Color::Accent], length::edgeStrong, {}};
    if (look.hovered || look.selected)
        return {style[Color::EdgeHover], length::edgeStrong, {}};
    if (look.run == Run::Taken) {
        const bool high = style.theme == app::ThemeKind::HighContrast;
        return {style[Color::EdgeTaken], high ? 4.0 : length::edgeStrong, {}};
    }
    if (isInterrupt(edge))
        return {style[Color::KindInterrupt], length::edge, {6, 4}};
    if (look.run == Run::NotReached)
        return {style[Color::EdgeUnreached], length::edge, {4, 4}};
    return {style[Color::Edge], length::edge, {}};
}

QPen toPen(const EdgePen &pen)
{
    QPen result(pen.color, pen.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (!pen.dashes.empty()) {
        QList<qreal> pattern;
        for (const double dash : pen.dashes)
            pattern << dash / pen.width;
        result.setDashPattern(pattern);
    }
    return result;
}

QPointF direction(QPointF from, QPointF to)
{
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    return length > 0 ? way / length : QPointF(0, 1);
}

void paintArrow(QPainter &painter, QPointF before, QPointF tip, const QColor &ink)
{
    const QPointF along = direction(before, tip);
    const QPointF across(-along.y(), along.x());
    const QPointF base = tip - along * length::arrowLong;
    const QPointF corners[] = {
        tip, base + across * length::arrowWide / 2, base - across * length::arrowWide / 2};
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(corners, 3);
}

/// From `from` to `to`, with a gap at each cut.
void addPiece(QPainterPath &path, QPointF from, QPointF to, std::vector<double> cuts)
{
    const double way = to.y() > from.y() ? 1 : -1;
    std::ranges::sort(cuts);
    if (way < 0)
        std::ranges::reverse(cuts);
    for (const double cut : cuts) {
        path.lineTo(from.x(), cut - way * length::cut);
        path.moveTo(from.x(), cut + way * length::cut);
    }
    path.lineTo(to);
}

QPainterPath linePath(const std::vector<QPointF> &points, const Cuts &cuts)
{
    QPainterPath path(points.front());
    QPointF begin = points.front();
    for (std::size_t i = 1; i < points.size(); ++i) {
        std::vector<double> own;
        for (const auto &[piece, y] : cuts) {
            if (piece + 1 == i)
                own.push_back(y);
        }
        if (i + 1 == points.size()) {
            // The line ends inside the arrow, whose tip touches the step.
            addPiece(path, begin, points[i] - direction(begin, points[i]) * (length::arrowLong - 1),
                own);
            break;
        }
        const QPointF in = direction(points[i - 1], points[i]),
                      out = direction(points[i], points[i + 1]);
        const double shorter = std::min((points[i] - points[i - 1]).manhattanLength(),
            (points[i + 1] - points[i]).manhattanLength());
        const double radius = std::min(length::corner, shorter / 2);
        addPiece(path, begin, points[i] - in * radius, own);
        begin = points[i] + out * radius;
        path.quadTo(points[i], begin);
    }
    return path;
}

struct Upright {
    double x, top, bottom;
    std::size_t edge, piece;
};

} // namespace

std::vector<Cuts> cutsOf(const std::vector<const EdgePicture *> &edges)
{
    std::vector<Cuts> cuts(edges.size());
    std::vector<Upright> uprights;
    for (std::size_t edge = 0; edge < edges.size(); ++edge) {
        const auto &points = edges[edge]->points;
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (points[i].x() == points[i - 1].x())
                uprights.push_back({points[i].x(), std::min(points[i].y(), points[i - 1].y()),
                    std::max(points[i].y(), points[i - 1].y()), edge, i - 1});
        }
    }
    std::ranges::sort(uprights, {}, &Upright::x);
    constexpr double free = length::corner; // no cut in a corner
    for (std::size_t edge = 0; edge < edges.size(); ++edge) {
        const auto &points = edges[edge]->points;
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (points[i].y() != points[i - 1].y())
                continue;
            const double y = points[i].y();
            const double left = std::min(points[i].x(), points[i - 1].x()) + free;
            const double right = std::max(points[i].x(), points[i - 1].x()) - free;
            auto upright = std::ranges::lower_bound(uprights, left, {}, &Upright::x);
            for (; upright != uprights.end() && upright->x < right; ++upright) {
                const bool merges = edges[upright->edge]->to == edges[edge]->to;
                if (!merges && upright->edge != edge && upright->top + free < y &&
                    y < upright->bottom - free)
                    cuts[upright->edge].push_back({upright->piece, y});
            }
        }
    }
    return cuts;
}

void paintEdge(QPainter &painter, const EdgePicture &edge, const Cuts &cuts, const EdgeLook &look,
    const FlowStyle &style)
{
    if (edge.points.size() < 2)
        return;
    painter.save();
    if (look.faded)
        painter.setOpacity(0.4);
    const EdgePen pen = edgePen(edge, look, style);
    painter.setPen(toPen(pen));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(linePath(edge.points, cuts));
    paintArrow(painter, edge.points[edge.points.size() - 2], edge.points.back(), pen.color);
    painter.restore();
}

namespace {

struct ChipColors {
    QColor text, line;
};

ChipColors chipColors(const EdgePicture &edge, const EdgeLook &look, const FlowStyle &style)
{
    if (look.dropTarget || look.hovered || look.selected)
        return {style[Color::Accent], style[Color::Accent]};
    if (look.run == Run::Taken)
        return {style[Color::EdgeTaken], style[Color::EdgeTaken]};
    if (isInterrupt(edge))
        return {style[Color::KindInterrupt], style[Color::KindInterrupt]};
    if (look.run == Run::NotReached)
        return {style[Color::Text3], style[Color::Border]};
    return {style[Color::Text2], style[Color::Border]};
}

} // namespace

void paintChip(
    QPainter &painter, const EdgePicture &edge, const EdgeLook &look, const FlowStyle &style)
{
    QString words = edge.words;
    QRectF rect = edge.chip.rect;
    bool onLine = edge.chip.onLine;
    const bool counted = look.run == Run::Taken && look.times > 1 && !words.isEmpty();
    if (look.dropTarget || counted) {
        words = look.dropTarget ? QCoreApplication::translate("EdgeChip", "drop inserts here")
                                : QStringLiteral("%1 %2 ×").arg(words).arg(look.times);
        const double width =
            chipWidth(QFontMetricsF(style.footer).horizontalAdvance(words), edge.clock);
        const QPointF middle =
            edge.words.isEmpty() ? placeChip(edge.points, width, {}).rect.center() : rect.center();
        rect = {middle.x() - width / 2, middle.y() - length::chipHigh / 2, width, length::chipHigh};
        onLine = true;
    }
    if (words.isEmpty())
        return;
    const ChipColors colors = chipColors(edge, look, style);
    painter.save();
    if (look.faded)
        painter.setOpacity(0.4);
    if (onLine) {
        painter.setPen(QPen(colors.line, 1));
        painter.setBrush(style[Color::Chip]);
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 8.5, 8.5);
    }
    if (edge.clock) {
        app::paintIcon(painter, QStringLiteral("clock"),
            {rect.left() + 6, rect.center().y() - 6, 12, 12}, colors.text);
        rect.setLeft(rect.left() + 16);
    }
    painter.setPen(colors.text);
    painter.setFont(style.footer);
    painter.drawText(rect, int(Qt::AlignCenter) | Qt::TextSingleLine | Qt::TextDontClip, words);
    painter.restore();
}

void paintLooseEdge(QPainter &painter, QPointF from, QPointF to, const QColor &ink)
{
    const QPointF along = direction(from, to);
    painter.setPen(QPen(ink, length::edge));
    painter.drawLine(from, to - along * (length::arrowLong - 1));
    paintArrow(painter, from, to, ink);
}

} // namespace designer
