#pragma once

#include "engine/model/flow.h"

#include <cstddef>
#include <functional>
#include <string>

namespace designer {

/// An edge of the picture: the step it leaves and by which way. `way` is written as in the history:
/// `next`, `timeout`, `otherwise`, `event:NAME`, `case:N` (N from 1), `branch:N`, `do`, `error:TYPE`.
struct EdgeId {
    engine::StepId from;
    std::string way;

    auto operator<=>(const EdgeId &) const = default;
};

/// The id of `transition`, the `position`th of engine::transitionsFrom(its step) from 0.
EdgeId edgeId(const engine::Transition &transition, std::size_t position);

} // namespace designer

template<>
struct std::hash<designer::EdgeId> {
    std::size_t operator()(const designer::EdgeId &edge) const noexcept
    {
        const std::hash<std::string> ofText;
        return ofText(edge.from.value) * 31 + ofText(edge.way);
    }
};
