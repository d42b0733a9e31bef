#include "designer/document/arrange.h"

#include "designer/document/auto_layout.h"
#include "designer/document/flow_edit.h"

#include <algorithm>
#include <cmath>

namespace designer {
namespace {

using engine::Position;
using Placed = std::pair<engine::StepId, Position>;

constexpr int grid = 10;

bool goesDown(Arrangement how)
{
    return how == Arrangement::Column || how == Arrangement::SpaceDown;
}

std::vector<Placed> placesOf(const engine::Flow &flow, const std::vector<engine::StepId> &steps)
{
    std::vector<Placed> places;
    Positions laidOut;
    for (const engine::StepId &step : steps) {
        if (!engine::findStep(flow, step))
            continue;
        auto at = positionOf(flow, step);
        if (!at && laidOut.empty())
            laidOut = autoLayout(flow);
        places.emplace_back(step, at ? *at : laidOut.at(step));
    }
    return places;
}

void spread(std::vector<Placed> &places, int Position::*axis)
{
    const double first = places.front().second.*axis;
    const double last = places.back().second.*axis;
    const double each = (last - first) / std::max(1.0, double(places.size()) - 1);
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i].second.*axis = int(std::lround((first + each * double(i)) / grid)) * grid;
}

} // namespace

std::vector<Placed> arranged(
    const engine::Flow &flow, const std::vector<engine::StepId> &steps, Arrangement how)
{
    std::vector<Placed> places = placesOf(flow, steps);
    if (places.empty())
        return places;
    int Position::*const along = goesDown(how) ? &Position::y : &Position::x;
    int Position::*const across = goesDown(how) ? &Position::x : &Position::y;
    std::ranges::stable_sort(
        places, {}, [along](const Placed &placed) { return placed.second.*along; });
    if (how == Arrangement::SpaceDown || how == Arrangement::SpaceAcross)
        spread(places, along);
    else
        for (Placed &placed : places)
            placed.second.*across = places.front().second.*across;
    return places;
}

} // namespace designer
