#include "designer/canvas/flow_marks.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace designer {

namespace {

using engine::StepId;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FlowMarks)
};

const std::string interruptPrefix = "!/";

constexpr double startGap = 14;     ///< from the start mark to its step
constexpr double startGapWide = 50; ///< where loops come in between, and to the right
constexpr double startRadius = 14;

QString modeWords(engine::InterruptMode mode)
{
    switch (mode) {
    case engine::InterruptMode::Queue: return Words::tr("queue");
    case engine::InterruptMode::Drop: return Words::tr("drop");
    case engine::InterruptMode::Latest: return Words::tr("latest");
    }
    return {};
}

using Ids = std::unordered_set<StepId>;

/// Steps that `first` leads to; `known` are not entered again.
Ids reached(const engine::Flow &flow, const StepId &first, const Ids &known)
{
    std::unordered_map<StepId, const engine::Step *> steps;
    for (const engine::Step &step : flow.steps)
        steps.emplace(step.id, &step);
    Ids result;
    std::vector<StepId> open{first};
    while (!open.empty()) {
        const StepId id = open.back();
        open.pop_back();
        const auto step = steps.find(id);
        if (step == steps.end() || known.contains(id) || !result.insert(id).second)
            continue;
        for (const engine::Transition &way : engine::transitionsFrom(*step->second))
            open.push_back(way.to);
    }
    return result;
}

std::optional<QPointF> placed(const engine::Flow &flow, const StepId &id)
{
    const auto &places = flow.layout.steps;
    const auto found = std::ranges::find(places, id, &std::pair<StepId, engine::Position>::first);
    if (found == places.end())
        return std::nullopt;
    return QPointF(found->second.x, found->second.y);
}

/// What a region takes round its mark when there is nothing else in it.
QRectF regionRound(QPointF mark) { return {mark.x() - 50, mark.y() - 40, 200, 80}; }

/// The flow's own stand by their handler; those of a parallel step at the right of its bar.
struct InterruptSeat {
    StepId id;
    QRectF target;
    std::optional<QRectF> bar;
    bool ownHandler = false;
};

QPointF interruptPlace(const engine::Flow &flow, const InterruptSeat &seat, const StepPlaces &places)
{
    if (const auto place = placed(flow, seat.id))
        return *place;
    // A handler of its own runs down from its mark; a mere edge comes up from below its target.
    QPointF place = seat.target.center() + QPointF(0, seat.ownHandler ? -100 : 160);
    double step = seat.ownHandler ? -20 : 20;
    if (seat.bar) {
        place = QPointF(seat.bar->right() + 60, seat.bar->center().y());
        step = 20;
    }
    for (int tries = 0; tries < 200 && !places.isFree(regionRound(place).adjusted(-8, -8, 8, 8));
         ++tries)
        (seat.bar ? place.rx() : place.ry()) += step;
    return place;
}

class InterruptMarks
{
public:
    InterruptMarks(const engine::Flow &flow, const StepPlaces &places, Marks &result)
        : m_flow(flow)
        , m_places(places)
        , m_result(result)
        , m_plain(reached(flow, flow.start, {}))
    {}

    void add(const engine::InterruptScope &scope, const engine::Interrupt &interrupt)
    {
        const std::optional<QRectF> target = m_places.body(interrupt.next);
        if (!target)
            return;
        const Ids handler = reached(m_flow, interrupt.next, m_plain);
        const std::string owner = scope.step.empty() ? std::string() : scope.step.value + '/';
        const StepId id{interruptPrefix + owner + interrupt.event};
        const std::optional<QRectF> bar =
            scope.step.empty() ? std::nullopt : m_places.body(scope.step);
        const QPointF centre =
            interruptPlace(m_flow, {id, *target, bar, !handler.empty()}, m_places);
        StepWords words{.title = QString::fromStdString(interrupt.event)};
        //: Under the name of an event that can interrupt a flow; %1 is the step it leads to.
        words.subtitle = Words::tr("any time → %1").arg(m_places.titleOf(interrupt.next));
        m_result.marks.push_back({id, StepKind::Interrupt, centre, words, interrupt.next});
        QRectF region = regionRound(centre);
        for (const StepId &step : handler) {
            if (const auto extent = m_places.extent(step))
                region |= extent->adjusted(-20, -20, 20, 20);
        }
        //: On the frame of an interrupt's handler; %1 is queue, drop or latest.
        m_result.regions.push_back(
            {region, Words::tr("Interrupt · %1").arg(modeWords(interrupt.mode))});
    }

private:
    const engine::Flow &m_flow;
    const StepPlaces &m_places;
    Marks &m_result;
    const Ids m_plain;
};

void addInterrupts(const engine::Flow &flow, const StepPlaces &places, Marks &result)
{
    const std::vector<engine::InterruptScope> scopes = engine::interruptScopes(flow);
    if (scopes.empty())
        return;
    InterruptMarks marks(flow, places, result);
    for (const engine::InterruptScope &scope : scopes)
        for (const engine::Interrupt &interrupt : scope.interrupts)
            marks.add(scope, interrupt);
}

} // namespace

bool isMark(const StepId &id) { return id.empty() || isInterruptMark(id); }

bool isInterruptMark(const StepId &id) { return id.value.starts_with(interruptPrefix); }

Marks marksOf(const engine::Flow &flow, Direction direction, const StepPlaces &places)
{
    Marks result;
    if (const std::optional<QRectF> first = places.body(flow.start)) {
        const bool down = direction == Direction::Down;
        const bool wide = places.isEntered(flow.start);
        const double back = startRadius + (wide ? startGapWide : down ? startGap : 40);
        const QPointF centre = down ? QPointF(first->center().x(), first->top() - back)
                                    : QPointF(first->left() - back, first->center().y());
        result.marks.push_back({{}, StepKind::Start, centre, {}, flow.start});
    }
    addInterrupts(flow, places, result);
    return result;
}

} // namespace designer
