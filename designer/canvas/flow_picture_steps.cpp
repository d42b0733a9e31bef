// Steps and marks of a picture.
#include "designer/canvas/flow_picture.h"

#include "designer/canvas/flow_picture_source.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace designer {

using engine::StepId;
using engine::Transition;

namespace {

/// Of the badge as it stands in the flow and as it counts in a run.
double badgeWidth(const StepWords &words, const QFont &font)
{
    const QFontMetricsF metrics(font);
    const QString counted = QStringLiteral("%1 / %1").arg(words.needed);
    return std::max(metrics.horizontalAdvance(words.badge),
        words.needed > 0 ? metrics.horizontalAdvance(counted) : 0);
}

/// The text of a note in lines that fit its sheet; what is very long ends with "…".
QStringList linesOf(const QString &text, const QFont &font)
{
    constexpr qsizetype most = 16;
    const QFontMetricsF metrics(font);
    const double room = lookOf(StepKind::Note).size.width() - 2 * note::inset;
    QStringList lines;
    for (const QString &paragraph : text.split(QLatin1Char('\n'))) {
        QString line;
        for (const QString &word : paragraph.split(QLatin1Char(' '))) {
            const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
            if (line.isEmpty() || metrics.horizontalAdvance(longer) <= room) {
                line = longer;
                continue;
            }
            lines << metrics.elidedText(line, Qt::ElideRight, room);
            line = word;
        }
        lines << metrics.elidedText(line, Qt::ElideRight, room);
    }
    if (lines.size() > most)
        lines = lines.mid(0, most - 1) << QString(QChar(0x2026));
    return lines;
}

/// An approval goes on straight with its first positive outcome, everything else with its first
/// way.
int mainWayOf(const engine::Step &step)
{
    const auto *approval = std::get_if<engine::ApprovalStep>(&step.body);
    if (!approval)
        return 0;
    const auto found = std::ranges::find(
        approval->outcomes, engine::OutcomeKind::Positive, &engine::ApprovalOutcome::kind);
    return found == approval->outcomes.end() ? 0 : int(found - approval->outcomes.begin());
}

} // namespace

int FlowPicture::takeStep(const StepId &id)
{
    int number = int(m_steps.size());
    if (m_freeSteps.empty()) {
        m_steps.emplace_back();
    } else {
        number = m_freeSteps.back();
        m_freeSteps.pop_back();
    }
    m_numbers[id] = number;
    StepPicture &step = m_steps[std::size_t(number)];
    step = {};
    step.id = id;
    step.present = true;
    return number;
}

void FlowPicture::dropStep(int number, Changed &changed)
{
    StepPicture &step = m_steps[std::size_t(number)];
    dropEdges(number, changed);
    if (const auto into = m_into.find(step.id); into != m_into.end()) {
        for (const EdgeId &edge : into->second) {
            if (const int each = edgeNumber(edge); each >= 0)
                dropEdge(each, changed);
        }
    }
    changed.bodies.push_back(step.body());
    changed.add(step.extent());
    m_bodies.remove(number, step.body());
    m_extents.remove(number, step.extent());
    m_numbers.erase(step.id);
    step = {};
    m_freeSteps.push_back(number);
}

void FlowPicture::fillStep(
    int number, const Source &source, const engine::Step &step, QPointF centre)
{
    StepPicture &picture = m_steps[std::size_t(number)];
    picture.kind = stepKind(step.body);
    picture.centre = centre;
    picture.ways = engine::transitionsFrom(step);
    picture.mainWay = mainWayOf(step);
    picture.whole = stepWords(step, [&](const StepId &id) { return source.title(id); });
    picture.rows.clear();
    for (const Transition &way : picture.ways)
        picture.rows.push_back(chipWords(step, way));
    layOut(picture);
}

/// Geometry and cut texts from kind, ways and whole words. `rows` comes in with the words of all
/// ways and keeps them: edges take their chips from there.
void FlowPicture::layOut(StepPicture &picture) const
{
    StepContent content{.kind = picture.kind,
        .ways = picture.ways,
        .mainWay = picture.mainWay,
        .subtitle = !picture.whole.subtitle.isEmpty(),
        .footer = !picture.whole.footer.isEmpty(),
        .footerIcon = picture.whole.footerIcon != FooterIcon::None,
        .direction = m_direction};
    if (!picture.whole.badge.isEmpty())
        content.badgeWidth = badgeWidth(picture.whole, m_style.badge);
    QStringList lines;
    if (picture.kind == StepKind::Note) {
        lines = linesOf(picture.whole.subtitle, m_style.subtitle);
        content.lines = int(lines.size());
    }
    picture.geometry = stepGeometry(content);
    cutWords(picture);
    if (picture.kind == StepKind::Note)
        picture.words.subtitle = lines.join(QLatin1Char('\n'));
}

void FlowPicture::cutWords(StepPicture &picture) const
{
    const auto cut = [](const QFont &font, const QString &text, QRectF &room, bool shrink) {
        const QFontMetricsF metrics(font);
        const double width = metrics.horizontalAdvance(text);
        QString shown =
            width <= room.width() ? text : metrics.elidedText(text, Qt::ElideRight, room.width());
        if (shrink)
            room.setWidth(std::min(room.width(), std::ceil(width)));
        return shown;
    };
    StepGeometry &geometry = picture.geometry;
    const StepShape shape = lookOf(picture.kind).shape;
    const bool beside = shape == StepShape::Circle || shape == StepShape::Diamond;
    picture.words = picture.whole;
    picture.words.title = cut(m_style.title, picture.whole.title, geometry.title, beside);
    picture.words.subtitle =
        cut(m_style.subtitle, picture.whole.subtitle, geometry.subtitle, beside);
    picture.words.footer = cut(m_style.footer, picture.whole.footer, geometry.footerText, false);
    for (std::size_t row = 0; row < geometry.rows.size(); ++row) {
        QString &words = picture.rows[std::size_t(geometry.rowWays[row])];
        words = cut(m_style.subtitle, words, geometry.rows[row], false);
    }
    if (beside)
        geometry.extent = geometry.body | geometry.title | geometry.subtitle;
}

QString FlowPicture::cut(const StepPicture &step, StepLine line, const QString &words) const
{
    const bool footer = line == StepLine::Footer;
    const QFontMetricsF metrics(footer ? m_style.footer : m_style.subtitle);
    const QRectF &room = footer ? step.geometry.footerText : step.geometry.subtitle;
    // Beside a round step there is no more room than its own words take.
    const double width = lookOf(step.kind).shape == StepShape::Circle && !footer
                             ? metrics.horizontalAdvance(words)
                             : room.width();
    return metrics.horizontalAdvance(words) <= width
               ? words
               : metrics.elidedText(words, Qt::ElideRight, width);
}

/// Whether a port moved.
bool FlowPicture::turnPorts(int number)
{
    StepPicture &step = m_steps[std::size_t(number)];
    if (step.kind != StepKind::Choice && step.kind != StepKind::Parallel)
        return false;
    std::vector<std::optional<QPointF>> targets;
    for (const Transition &way : step.ways) {
        const int target = way.to.empty() ? -1 : stepNumber(way.to);
        targets.push_back(target < 0
                              ? std::nullopt
                              : std::optional(m_steps[std::size_t(target)].centre - step.centre));
    }
    const std::vector<Port> before = step.geometry.ports;
    if (step.kind == StepKind::Choice)
        turnChoicePorts(step.geometry, targets, m_direction);
    else
        turnBranchPorts(step.geometry, targets, m_direction);
    return step.geometry.ports != before;
}

StepPlaces FlowPicture::places() const
{
    const auto picture = [this](const StepId &id) -> const StepPicture * {
        const int number = isMark(id) ? -1 : stepNumber(id);
        return number < 0 ? nullptr : &m_steps[std::size_t(number)];
    };
    StepPlaces places;
    places.body = [picture](const StepId &id) -> std::optional<QRectF> {
        return picture(id) ? std::optional(picture(id)->body()) : std::nullopt;
    };
    places.extent = [picture](const StepId &id) -> std::optional<QRectF> {
        return picture(id) ? std::optional(picture(id)->extent()) : std::nullopt;
    };
    places.isFree = [this](const QRectF &rect) {
        bool free = true;
        m_extents.visit(rect, [&](int number, const QRectF &) {
            free = free && isMark(m_steps[std::size_t(number)].id);
        });
        return free;
    };
    places.isEntered = [this](const StepId &id) {
        const auto into = m_into.find(id);
        return into != m_into.end() && std::ranges::any_of(into->second,
                                           [](const EdgeId &edge) { return !isMark(edge.from); });
    };
    places.titleOf = [picture](const StepId &id) {
        return picture(id) ? picture(id)->whole.title : QString();
    };
    return places;
}

void FlowPicture::replaceMarks(const engine::Flow &flow, Changed &changed)
{
    Marks marks = marksOf(flow, m_direction, places());
    for (const auto *regions : {&m_regions, &marks.regions}) {
        for (const RegionPicture &region : *regions)
            changed.add(region.rect.adjusted(-4, -10, 4, 4));
    }
    m_regions = std::move(marks.regions);
    if (marks.marks == m_marks)
        return;
    for (const Mark &mark : m_marks)
        dropStep(stepNumber(mark.id), changed);
    m_marks = std::move(marks.marks);
    for (const Mark &mark : m_marks)
        addMark(mark, changed);
}

void FlowPicture::addMark(const Mark &mark, Changed &changed)
{
    const int number = takeStep(mark.id);
    StepPicture &step = m_steps[std::size_t(number)];
    step.kind = mark.kind;
    step.centre = mark.centre;
    step.whole = mark.words;
    step.ways = {{Transition::Kind::Next, {}, mark.id, mark.next}};
    step.rows = {QString()};
    layOut(step);
    if (mark.kind == StepKind::Interrupt)
        turnToward(step, mark.next);
    m_bodies.insert(number, step.body());
    m_extents.insert(number, step.extent());
    m_into[mark.next].insert(edgeId(step.ways.front(), 0));
    changed.bodies.push_back(step.body());
    changed.add(step.extent());
    makeEdges(number, changed);
}

/// The way out of an interrupt's mark is on the side where its handler is.
void FlowPicture::turnToward(StepPicture &mark, const StepId &next) const
{
    const int target = stepNumber(next);
    if (target < 0 || m_steps[std::size_t(target)].centre.y() >= mark.centre.y())
        return;
    for (Port &port : mark.geometry.ports)
        port = {{0, mark.geometry.body.top()}, Side::Top, port.way};
}

} // namespace designer
