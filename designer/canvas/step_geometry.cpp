#include "designer/canvas/step_geometry.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace designer {

namespace {

using engine::Transition;

constexpr double rowHigh = 20;
constexpr double footerHigh = 22;
constexpr double labelWide = 150; ///< beside round steps and choices
constexpr double lineHigh = 16;
constexpr double padding = 8;

/// A line of text whose middle is at `middle`.
QRectF line(double left, double middle, double right)
{
    return {left, middle - lineHigh / 2, std::max(0.0, right - left), lineHigh};
}

bool isTimeout(const Transition &way) { return way.kind == Transition::Kind::Timeout; }

/// Ways that leave at the side, in order: all that are no timeout, but the one that goes on
/// straight.
std::vector<int> sideWays(const StepContent &content)
{
    std::vector<int> sides;
    for (int way = 0; way < int(content.ways.size()); ++way)
        if (way != content.mainWay && !isTimeout(content.ways[std::size_t(way)]))
            sides.push_back(way);
    return sides;
}

bool hasRows(const StepContent &content)
{
    const StepShape shape = lookOf(content.kind).shape;
    return sideWays(content).size() > 2 &&
           (shape == StepShape::Rectangle || shape == StepShape::RoundLeft);
}

QPointF middleOf(const QRectF &body, Side side)
{
    switch (side) {
    case Side::Top: return {body.center().x(), body.top()};
    case Side::Right: return {body.right(), body.center().y()};
    case Side::Bottom: return {body.center().x(), body.bottom()};
    case Side::Left: break;
    }
    return {body.left(), body.center().y()};
}

/// The rows 12, 32, 52 of a step that is 64 high, in the height there is; turned: 40, 80, 120.
Port sidePort(const QRectF &body, int row, int way, Direction direction)
{
    if (direction == Direction::Right)
        return {{body.left() + 40.0 * (row + 1), body.bottom()}, Side::Bottom, way};
    const bool flat = body.height() < 60;
    const std::array<double, 3> rows =
        flat ? std::array{12.0, 20.0, 28.0} : std::array{12.0, 32.0, 52.0};
    const double y = row == 2 ? body.bottom() - 12 : body.top() + rows[std::size_t(row)];
    return {{body.right(), y}, Side::Right, way};
}

/// Where nothing else leaves at the foot, the error that takes all others does: it is what happens
/// after the last attempt, of which the footer speaks.
bool leavesAtFoot(const StepContent &content, int way)
{
    const Transition &transition = content.ways[std::size_t(way)];
    return transition.kind == Transition::Kind::Error && transition.label == "*" &&
           std::ranges::none_of(content.ways, isTimeout);
}

std::vector<Port> boxPorts(const StepContent &content, const StepGeometry &geometry)
{
    const bool down = content.direction == Direction::Down;
    const std::vector<int> sides = sideWays(content);
    std::vector<Port> ports;
    for (int way = 0; way < int(content.ways.size()); ++way) {
        if (isTimeout(content.ways[std::size_t(way)])) {
            ports.push_back(sidePort(geometry.body, 2, way, content.direction));
        } else if (way == content.mainWay) {
            const Side side = down ? Side::Bottom : Side::Right;
            ports.push_back({middleOf(geometry.body, side), side, way});
        } else if (const auto row = std::ranges::find(geometry.rowWays, way);
                   row != geometry.rowWays.end()) {
            const QRectF &place = geometry.rows[std::size_t(row - geometry.rowWays.begin())];
            ports.push_back({{geometry.body.right(), place.center().y()}, Side::Right, way});
        } else {
            const int row_ = int(std::ranges::find(sides, way) - sides.begin());
            const int foot = row_ == 1 && leavesAtFoot(content, way) ? 2 : row_;
            ports.push_back(sidePort(geometry.body, foot, way, content.direction));
        }
    }
    return ports;
}

/// Corners of a choice, sides of a round step, in the order in which ways take them.
std::vector<Port> cornerPorts(const StepContent &content, const QRectF &body)
{
    const std::array<Side, 3> down{Side::Bottom, Side::Right, Side::Left};
    const std::array<Side, 3> right{Side::Right, Side::Bottom, Side::Top};
    const auto &sides = content.direction == Direction::Down ? down : right;
    std::vector<Port> ports;
    for (int way = 0; way < int(content.ways.size()); ++way) {
        const Side side = sides[std::size_t(std::min(way, 2))];
        ports.push_back({middleOf(body, side), side, way});
    }
    return ports;
}

/// Branches stand along the lower side of a bar (turned: the right one), its error aside.
std::vector<Port> barPorts(const StepContent &content, const QRectF &body)
{
    const bool down = content.direction == Direction::Down;
    const auto isError = [](const Transition &way) { return way.kind == Transition::Kind::Error; };
    const auto errors = std::ranges::count_if(content.ways, isError);
    const double each = (down ? body.width() : body.height()) /
                        std::max<double>(1, double(std::ssize(content.ways) - errors));
    std::vector<Port> ports;
    for (int way = 0; way < int(content.ways.size()); ++way) {
        const Side side = down ? Side::Bottom : Side::Right;
        const Side aside = down ? Side::Right : Side::Bottom;
        if (isError(content.ways[std::size_t(way)])) {
            ports.push_back({middleOf(body, aside), aside, way});
            continue;
        }
        const double along = each * (way + 0.5);
        ports.push_back({down ? QPointF(body.left() + along, body.bottom())
                              : QPointF(body.right(), body.top() + along),
            side, way});
    }
    return ports;
}

/// The badge of a join stands on the middle of its bar.
void placeBarBadge(StepGeometry &geometry, double textWidth)
{
    constexpr double high = 18;
    const double width = textWidth + 2 * 8;
    geometry.badge = {-width / 2, -high / 2, width, high};
    geometry.extent |= geometry.badge;
}

void placeLabel(StepGeometry &geometry, const StepContent &content)
{
    const QRectF &body = geometry.body;
    if (content.kind == StepKind::Choice) {
        geometry.title = line(18, -20, 18 + labelWide);
        geometry.extent |= geometry.title;
        return;
    }
    if (content.kind == StepKind::Start)
        return;
    const double left = body.right() + padding;
    geometry.title = line(left, content.subtitle ? -8 : 0, left + labelWide);
    if (content.subtitle)
        geometry.subtitle = line(left, 8, left + labelWide);
    geometry.extent |= geometry.title | geometry.subtitle;
}

void placeRound(StepGeometry &geometry, const StepContent &content)
{
    const bool start = content.kind == StepKind::Start;
    const double icon = start ? 12 : 17;
    geometry.icon = {-icon / 2, -icon / 2, icon, icon};
    if (content.kind == StepKind::Timer)
        geometry.tile = {-15.5, -15.5, 31, 31};
    placeLabel(geometry, content);
}

void placeFooter(StepGeometry &geometry, bool waits, bool icon)
{
    const QRectF &body = geometry.body;
    const double top = body.bottom() - footerHigh;
    geometry.footer = {body.left(), top, body.width(), footerHigh};
    const double iconLeft = body.left() + (waits ? 46 : 14);
    geometry.footerIcon = {iconLeft, top + 5, 12, 12};
    const double textLeft = iconLeft + (icon ? 16 : 0);
    geometry.footerText = line(textLeft, top + 11, body.right() - padding);
}

void placeRows(StepGeometry &geometry, const StepContent &content)
{
    const std::vector<int> sides = sideWays(content);
    double middle = geometry.body.bottom() - (content.footer ? footerHigh : 4) -
                    rowHigh * (double(sides.size()) - 0.5);
    for (const int way : sides) {
        geometry.rows.push_back(
            line(geometry.body.left() + 44, middle, geometry.body.right() - 10));
        geometry.rowWays.push_back(way);
        middle += rowHigh;
    }
}

void placeBadge(StepGeometry &geometry, double textWidth)
{
    const double width = textWidth + 2 * 6;
    geometry.badge = {geometry.body.right() - padding - width, geometry.body.top() + 8, width, 15};
    geometry.title.setRight(geometry.badge.left() - 4);
}

void placeBox(StepGeometry &geometry, const StepContent &content)
{
    const QRectF &body = geometry.body;
    const bool waits = lookOf(content.kind).shape == StepShape::RoundLeft;
    const bool flat = content.kind == StepKind::Set;
    const bool high = content.footer || !geometry.rows.empty() || hasRows(content);
    const double tile = flat ? 24 : waits ? 32 : 28;
    const double tileTop = flat ? 8 : waits ? 16 : high ? 7 : 18;
    geometry.tile = {body.left() + (waits ? 10 : 8), body.top() + tileTop, tile, tile};
    const double icon = flat ? 14 : 17;
    geometry.icon = {0, 0, icon, icon};
    geometry.icon.moveCenter(geometry.tile.center());
    const double left = body.left() + (flat ? 40 : waits ? 48 : 44);
    const double first = flat ? 12 : high ? 14 : 24;
    const double second = flat ? 28 : high ? 30 : 40;
    const double right = body.right() - padding;
    geometry.title = line(left, body.top() + first, right);
    geometry.subtitle = line(left, body.top() + second, right);
    if (!content.subtitle)
        geometry.title.translate(0, (second - first) / 2);
    if (content.badgeWidth > 0)
        placeBadge(geometry, content.badgeWidth);
    if (content.footer)
        placeFooter(geometry, waits, content.footerIcon);
    if (hasRows(content))
        placeRows(geometry, content);
}

QRectF bodyOf(const StepContent &content)
{
    QSizeF size = lookOf(content.kind).size;
    if (content.kind == StepKind::Note)
        size.setHeight(std::max(size.height(), note::lineHigh * (content.lines + 1)));
    if (hasRows(content)) {
        // What a plain step has below its second line gives way to the rows.
        const double head = 42, foot = content.footer ? footerHigh : 4;
        size.setHeight(head + rowHigh * double(sideWays(content).size()) + foot);
    }
    if (content.kind == StepKind::Parallel || content.kind == StepKind::Join) {
        size.setWidth(std::max(80.0, 60.0 * double(content.ways.size())));
        if (content.direction == Direction::Right)
            size.transpose();
    }
    return {-size.width() / 2, -size.height() / 2, size.width(), size.height()};
}

QPainterPath roundLeft(const QRectF &body, double leftRadius, double rightRadius)
{
    QPainterPath path;
    const double wide = 2 * leftRadius, narrow = 2 * rightRadius;
    path.moveTo(body.left() + leftRadius, body.top());
    path.lineTo(body.right() - rightRadius, body.top());
    path.arcTo(body.right() - narrow, body.top(), narrow, narrow, 90, -90);
    path.lineTo(body.right(), body.bottom() - rightRadius);
    path.arcTo(body.right() - narrow, body.bottom() - narrow, narrow, narrow, 0, -90);
    path.lineTo(body.left() + leftRadius, body.bottom());
    path.arcTo(body.left(), body.bottom() - wide, wide, wide, 270, -90);
    path.lineTo(body.left(), body.top() + leftRadius);
    path.arcTo(body.left(), body.top(), wide, wide, 180, -90);
    path.closeSubpath();
    return path;
}

QPainterPath diamond(const QRectF &body)
{
    QPainterPath path;
    path.moveTo(middleOf(body, Side::Top));
    for (const Side side : {Side::Right, Side::Bottom, Side::Left})
        path.lineTo(middleOf(body, side));
    path.closeSubpath();
    return path;
}

/// Its lower right corner is folded.
QPainterPath sheet(const QRectF &body)
{
    QPainterPath path;
    path.moveTo(body.topLeft());
    path.lineTo(body.topRight());
    path.lineTo(body.right(), body.bottom() - note::fold);
    path.lineTo(body.right() - note::fold, body.bottom());
    path.lineTo(body.bottomLeft());
    path.closeSubpath();
    return path;
}

/// The corners a way would like, best first: loops leave to the left, branches towards their
/// target.
std::array<Side, 3> wishes(const std::optional<QPointF> &target)
{
    if (target && target->x() > 40)
        return {Side::Right, Side::Bottom, Side::Left};
    if (target && (target->y() <= 0 || target->x() < -40))
        return {Side::Left, Side::Right, Side::Bottom};
    return {Side::Bottom, Side::Right, Side::Left};
}

Side turned(Side side)
{
    switch (side) {
    case Side::Top: return Side::Left;
    case Side::Left: return Side::Top;
    case Side::Right: return Side::Bottom;
    case Side::Bottom: break;
    }
    return Side::Right;
}

} // namespace

QPointF outward(Side side)
{
    switch (side) {
    case Side::Top: return {0, -1};
    case Side::Right: return {1, 0};
    case Side::Bottom: return {0, 1};
    case Side::Left: break;
    }
    return {-1, 0};
}

StepGeometry stepGeometry(const StepContent &content)
{
    StepGeometry geometry;
    geometry.body = bodyOf(content);
    geometry.extent = geometry.body;
    const StepShape shape = lookOf(content.kind).shape;
    const bool box = shape == StepShape::Rectangle || shape == StepShape::RoundLeft;
    if (box)
        placeBox(geometry, content);
    else if (shape == StepShape::Sheet)
        geometry.subtitle = geometry.body.adjusted(
            note::inset, note::lineHigh / 2, -note::inset, -note::lineHigh / 2);
    else if (shape != StepShape::Bar)
        placeRound(geometry, content);
    else if (content.badgeWidth > 0)
        placeBarBadge(geometry, content.badgeWidth);
    if (content.kind == StepKind::Collect)
        geometry.extent.adjust(-6, 0, 0, 0);
    if (content.kind == StepKind::ForEach)
        geometry.extent.adjust(0, 0, 6, 6);
    const Side in = content.direction == Direction::Down ? Side::Top : Side::Left;
    if (shape == StepShape::Sheet)
        return geometry; // nothing leads to it, and it leads nowhere
    if (content.kind != StepKind::Start && content.kind != StepKind::Interrupt)
        geometry.ports.push_back({middleOf(geometry.body, in), in, -1});
    if (!geometry.badge.isEmpty() && shape == StepShape::Bar) // its arrows end at the badge
        geometry.ports.back().at = middleOf(geometry.badge, in);
    const auto ports = box                       ? boxPorts(content, geometry)
                       : shape == StepShape::Bar ? barPorts(content, geometry.body)
                                                 : cornerPorts(content, geometry.body);
    std::ranges::copy(ports, std::back_inserter(geometry.ports));
    return geometry;
}

QPainterPath outline(StepShape shape, const QRectF &body, double grown)
{
    const QRectF rect = body.adjusted(-grown, -grown, grown, grown);
    QPainterPath path;
    switch (shape) {
    case StepShape::Rectangle: path.addRoundedRect(rect, 8 + grown, 8 + grown); break;
    case StepShape::RoundLeft: return roundLeft(rect, 32 + grown, 8 + grown);
    case StepShape::Circle: path.addEllipse(rect); break;
    case StepShape::Diamond: {
        const double corner = grown * 1.414; // so that the sides move by `grown`
        return diamond(body.adjusted(-corner, -corner, corner, corner));
    }
    case StepShape::Bar: path.addRoundedRect(rect, 2 + grown, 2 + grown); break;
    case StepShape::Sheet: return sheet(rect);
    }
    return path;
}

void turnChoicePorts(
    StepGeometry &geometry, const std::vector<std::optional<QPointF>> &targets, Direction direction)
{
    const bool right = direction == Direction::Right;
    std::array<bool, 4> taken{};
    for (Port &port : geometry.ports) {
        if (port.way < 0)
            continue;
        std::optional<QPointF> target = targets[std::size_t(port.way)];
        if (target && right)
            target = target->transposed();
        const auto wanted = wishes(target);
        const auto place = [right](Side side) { return right ? turned(side) : side; };
        const auto free = std::ranges::find_if(
            wanted, [&](Side side) { return !taken[std::size_t(place(side))]; });
        port.side = place(free == wanted.end() ? wanted.front() : *free);
        taken[std::size_t(port.side)] = true;
        port.at = middleOf(geometry.body, port.side);
    }
}

void turnBranchPorts(
    StepGeometry &geometry, const std::vector<std::optional<QPointF>> &targets, Direction direction)
{
    const bool down = direction == Direction::Down;
    const Side side = down ? Side::Bottom : Side::Right;
    std::vector<Port *> branches;
    for (Port &port : geometry.ports)
        if (port.way >= 0 && port.side == side)
            branches.push_back(&port);
    std::vector<Port> places;
    std::ranges::transform(
        branches, std::back_inserter(places), [](const Port *port) { return *port; });
    std::ranges::sort(
        places, {}, [&](const Port &port) { return down ? port.at.x() : port.at.y(); });
    const auto along = [&](const Port *port) {
        const auto &target = targets[std::size_t(port->way)];
        return target ? (down ? target->x() : target->y()) : 1e9; // nowhere yet: at the end
    };
    std::ranges::stable_sort(branches, {}, along);
    for (std::size_t i = 0; i < branches.size(); ++i)
        branches[i]->at = places[i].at;
}

std::vector<Port> entries(const StepGeometry &geometry, StepShape shape)
{
    std::vector<Port> result;
    for (const Port &port : geometry.ports) {
        if (port.way < 0)
            result.push_back(port);
    }
    if (shape != StepShape::Circle || result.empty())
        return result;
    for (const Side side : {Side::Top, Side::Left, Side::Right, Side::Bottom}) {
        const bool used = std::ranges::any_of(
            geometry.ports, [side](const Port &port) { return port.side == side; });
        if (!used)
            result.push_back({middleOf(geometry.body, side), side, -1});
    }
    return result;
}

} // namespace designer
