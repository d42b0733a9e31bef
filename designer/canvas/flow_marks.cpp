#include "designer/canvas/flow_marks.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

#include <algorithm>
#include <unordered_set>

namespace designer {

namespace {

using engine::StepId;
using nlohmann::json;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FlowMarks)
};

const std::string interruptPrefix = "!/";

constexpr double startGap = 14;     ///< from the start mark to its step
constexpr double startGapWide = 50; ///< where loops come in between, and to the right
constexpr double startRadius = 14;

struct Interrupt {
    std::string event;
    StepId next;
    QString mode;
};

QString modeWords(const std::string &mode)
{
    if (mode == "drop")
        return Words::tr("drop");
    if (mode == "latest")
        return Words::tr("latest");
    return Words::tr("queue");
}

std::vector<Interrupt> interruptsOf(const engine::Flow &flow)
{
    std::vector<Interrupt> result;
    if (!flow.interrupts)
        return result;
    const json tree = flow.interrupts->tree();
    if (!tree.is_object())
        return result;
    const auto text = [](const json &object, const char *key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>()
                                                           : std::string();
    };
    for (const auto &[event, written] : tree.items()) {
        if (written.is_object())
            result.push_back({event, {text(written, "next")}, modeWords(text(written, "mode"))});
    }
    return result;
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

QPointF interruptPlace(const engine::Flow &flow, const StepId &id, const QRectF &target,
    bool ownHandler, const StepPlaces &places)
{
    if (const auto place = placed(flow, id))
        return *place;
    // A handler of its own runs down from its mark; a mere edge comes up from below its target.
    QPointF place = target.center() + QPointF(0, ownHandler ? -100 : 160);
    const double step = ownHandler ? -20 : 20;
    for (int tries = 0; tries < 200 && !places.isFree(regionRound(place).adjusted(-8, -8, 8, 8));
         ++tries)
        place.ry() += step;
    return place;
}

void addInterrupts(const engine::Flow &flow, const StepPlaces &places, Marks &result)
{
    const std::vector<Interrupt> interrupts = interruptsOf(flow);
    if (interrupts.empty())
        return;
    const Ids plain = reached(flow, flow.start, {});
    for (const Interrupt &interrupt : interrupts) {
        const std::optional<QRectF> target = places.body(interrupt.next);
        if (!target)
            continue;
        const Ids handler = reached(flow, interrupt.next, plain);
        const StepId id{interruptPrefix + interrupt.event};
        const QPointF centre = interruptPlace(flow, id, *target, !handler.empty(), places);
        StepWords words{.title = QString::fromStdString(interrupt.event)};
        //: Under the name of an event that can interrupt a flow; %1 is the step it leads to.
        words.subtitle = Words::tr("any time → %1").arg(places.titleOf(interrupt.next));
        result.marks.push_back({id, StepKind::Interrupt, centre, words, interrupt.next});
        QRectF region = regionRound(centre);
        for (const StepId &step : handler) {
            if (const auto extent = places.extent(step))
                region |= extent->adjusted(-20, -20, 20, 20);
        }
        //: On the frame of an interrupt's handler; %1 is queue, drop or latest.
        result.regions.push_back({region, Words::tr("Interrupt · %1").arg(interrupt.mode)});
    }
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
