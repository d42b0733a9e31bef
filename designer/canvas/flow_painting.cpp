#include "designer/canvas/flow_painting.h"

#include "app/widgets/icons.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <map>

namespace designer {

namespace {

using app::Color;
using Run = EdgeLook::Run;

constexpr double fullFrom = 0.5, shapesFrom = 0.25, linesFrom = 0.1;
constexpr double reachOfMarks = 40; ///< pills, halos and durations beyond a step

bool isLive(const StepLook &look)
{
    return look.run && (*look.run == StepState::Running || *look.run == StepState::Waiting ||
                           *look.run == StepState::Suspended || *look.run == StepState::Failed);
}

QColor blockColor(const StepPicture &step, const StepLook &look, const FlowStyle &style)
{
    if (look.problem)
        return style[*look.problem == engine::Severity::Error ? Color::Failed : Color::Waiting];
    if (isLive(look))
        return style[statusColor(*look.run)];
    if (look.selected)
        return style[Color::Accent];
    if (look.run == StepState::NotReached)
        return style[Color::EdgeUnreached];
    return style[lookOf(step.kind).color];
}

QColor lineColor(const EdgeLook &look, const FlowStyle &style)
{
    if (look.hovered || look.selected)
        return style[Color::EdgeHover];
    switch (look.run) {
    case Run::Taken: return style[Color::EdgeTaken];
    case Run::NotReached: return style[Color::EdgeUnreached];
    case Run::None:
    case Run::Possible: break;
    }
    return style[Color::Edge];
}

/// Not reached below, taken on top.
int layer(const EdgeLook &look)
{
    if (look.hovered || look.selected || look.dropTarget)
        return 3;
    return look.run == Run::Taken ? 2 : look.run == Run::NotReached ? 0 : 1;
}

std::vector<int> inLayers(std::vector<int> edges, const Looks &looks)
{
    std::ranges::stable_sort(edges, {}, [&](int number) { return layer(looks.edge(number)); });
    return edges;
}

void paintRegion(QPainter &painter, const RegionPicture &region, const FlowStyle &style)
{
    const QColor ink = style[Color::KindInterrupt];
    QPen pen(ink, 1);
    pen.setDashPattern({6, 4});
    painter.setPen(pen);
    painter.setBrush(translucent(ink, 0.05));
    painter.drawRoundedRect(region.rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const double width = QFontMetricsF(style.pill).horizontalAdvance(region.words) + 12;
    const QRectF words(region.rect.center().x() - width / 2, region.rect.top() - 8, width, 16);
    painter.fillRect(words, style[Color::Canvas]);
    painter.setPen(ink);
    painter.setFont(style.pill);
    painter.drawText(words, Qt::AlignCenter, region.words);
}

void paintFull(QPainter &painter, const FlowPicture &picture, const Looks &looks,
    const QRectF &area, const FlowStyle &style)
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (const RegionPicture &region : picture.regions()) {
        if (region.rect.adjusted(-10, -10, 10, 10).intersects(area))
            paintRegion(painter, region, style);
    }
    const std::vector<int> edges = inLayers(picture.edgesIn(area), looks);
    std::vector<const EdgePicture *> pictures;
    for (const int number : edges)
        pictures.push_back(&picture.edges()[std::size_t(number)]);
    const std::vector<Cuts> cuts = cutsOf(pictures);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (!looks.edge(edges[i]).straight)
            paintEdge(painter, *pictures[i], cuts[i], looks.edge(edges[i]), style);
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (!looks.edge(edges[i]).straight)
            paintChip(painter, *pictures[i], looks.edge(edges[i]), style);
    }
    const QRectF around = area.adjusted(-reachOfMarks, -reachOfMarks, reachOfMarks, reachOfMarks);
    const std::vector<int> steps = picture.stepsIn(around);
    for (const int number : steps) {
        if (!looks.step(number).dragged)
            paintStep(painter, picture.steps()[std::size_t(number)], looks.step(number), style);
    }
    for (const int number : steps) {
        if (!looks.step(number).dragged)
            paintStepMarks(
                painter, picture.steps()[std::size_t(number)], looks.step(number), style);
    }
}

void paintShape(QPainter &painter, const StepPicture &step, const StepLook &look, double zoom,
    const FlowStyle &style)
{
    const KindLook &kind = lookOf(step.kind);
    const bool quiet = look.run == StepState::NotReached;
    const QColor ink = style[quiet ? Color::Text3 : kind.color];
    const bool marked = isLive(look) || look.problem || look.selected;
    QPen pen(marked  ? blockColor(step, look, style)
             : quiet ? style[Color::EdgeUnreached]
                     : ink,
        marked ? 3 : 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(over(style[Color::Node], ink, kind.shape == StepShape::Bar ? 1 : 0.14));
    painter.drawPath(outline(kind.shape, step.body()));
    if (!hasIconOnCanvas(kind))
        return;
    const double size = std::min(40.0, 0.6 * std::min(step.body().width(), step.body().height()));
    if (size * zoom >= 4) {
        QRectF place(0, 0, size, size);
        place.moveCenter(step.centre);
        app::paintIcon(painter, QString::fromLatin1(kind.icon), place, ink);
    }
}

void paintShapes(QPainter &painter, const FlowPicture &picture, const Looks &looks,
    const QRectF &area, double zoom, const FlowStyle &style)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const int number : inLayers(picture.edgesIn(area), looks)) {
        const auto &points = picture.edges()[std::size_t(number)].points;
        QPen pen(lineColor(looks.edge(number), style), 1.5);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawPolyline(points.data(), int(points.size()));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (const int number : picture.stepsIn(area))
        paintShape(painter, picture.steps()[std::size_t(number)], looks.step(number), zoom, style);
}

struct ByColor {
    bool operator()(const QColor &one, const QColor &other) const
    {
        return one.rgba() < other.rgba();
    }
};

} // namespace

const StepLook &Looks::step(int number) const
{
    const auto found = steps.find(number);
    return found == steps.end() ? plainStep : found->second;
}

const EdgeLook &Looks::edge(int number) const
{
    const auto found = edges.find(number);
    return found == edges.end() ? plainEdge : found->second;
}

StepLook &Looks::stepToChange(int number)
{
    return steps.try_emplace(number, plainStep).first->second;
}

EdgeLook &Looks::edgeToChange(int number)
{
    return edges.try_emplace(number, plainEdge).first->second;
}

Level levelAt(double zoom)
{
    if (zoom >= fullFrom)
        return Level::Full;
    return zoom >= shapesFrom ? Level::Shapes : Level::Blocks;
}

void paintGround(QPainter &painter, const QRectF &area, double zoom, const FlowStyle &style)
{
    painter.fillRect(area, style[Color::Canvas]);
    if (zoom < fullFrom)
        return;
    QList<QRectF> dots;
    const double left = std::floor(area.left() / length::dots) * length::dots;
    const double top = std::floor(area.top() / length::dots) * length::dots;
    for (double y = top; y <= area.bottom() + 1; y += length::dots) {
        for (double x = left; x <= area.right() + 1; x += length::dots)
            dots.append(QRectF(x - 1, y - 1, 2, 2));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    // A round dot of 2 px covers so much of its square.
    painter.setBrush(over(style[Color::Canvas], style[Color::Grid], 0.785));
    painter.drawRects(dots);
    painter.restore();
}

void paintBlocks(QPainter &painter, const FlowPicture &picture, const Looks &looks,
    const QRectF &area, double zoom, const FlowStyle &style)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    std::map<QColor, QList<QLineF>, ByColor> lines;
    if (zoom >= linesFrom) {
        for (const int number : picture.edgesIn(area)) {
            const auto &points = picture.edges()[std::size_t(number)].points;
            lines[lineColor(looks.edge(number), style)].append(
                QLineF(points.front(), points.back()));
        }
    }
    for (const auto &[color, each] : lines) {
        QPen pen(color, 1);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawLines(each);
    }
    std::map<QColor, QList<QRectF>, ByColor> blocks, marked;
    const double least = 3 / zoom; // what needs attention is seen from any distance
    for (const int number : picture.stepsIn(area)) {
        const StepPicture &step = picture.steps()[std::size_t(number)];
        const StepLook &look = looks.step(number);
        QRectF block = step.body();
        const bool stands = look.selected || look.problem || isLive(look);
        if (stands) {
            block.setSize(block.size().expandedTo(QSizeF(least, least)));
            block.moveCenter(step.centre);
        }
        (stands ? marked : blocks)[blockColor(step, look, style)].append(block);
    }
    painter.setPen(Qt::NoPen);
    for (const auto *layer : {&blocks, &marked}) {
        for (const auto &[color, each] : *layer) {
            painter.setBrush(color);
            painter.drawRects(each);
        }
    }
    painter.restore();
}

void paintFlow(QPainter &painter, const FlowPicture &picture, const Looks &looks,
    const QRectF &area, double zoom, const FlowStyle &style)
{
    painter.save();
    switch (levelAt(zoom)) {
    case Level::Full: paintFull(painter, picture, looks, area, style); break;
    case Level::Shapes: paintShapes(painter, picture, looks, area, zoom, style); break;
    case Level::Blocks: paintBlocks(painter, picture, looks, area, zoom, style); break;
    }
    painter.restore();
}

} // namespace designer
