#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace engine {

/// A string that does not mix with the strings of other kinds.
template<typename Kind>
struct Id {
    std::string value;

    auto operator<=>(const Id &) const = default;
    bool empty() const { return value.empty(); }
};

using InstanceId = Id<struct InstanceKind>; ///< given or generated, semantics 1.2
using FlowId = Id<struct FlowKind>;         ///< the flow's name
using StepId = Id<struct StepKind>;         ///< key of a step within its flow
using BranchPath = Id<struct BranchKind>;   ///< `""` is the main branch, semantics 7.4

/// One start of an instance, or one generation after continue-as-new; ascending, never used again
/// (semantics 1.5). 0 is no run.
struct RunKey {
    std::int64_t value = 0;

    auto operator<=>(const RunKey &) const = default;
};

/// Number of a fact within its run, from 1. 0 is no fact.
using Sequence = std::int64_t;

} // namespace engine

template<typename Kind>
struct std::hash<engine::Id<Kind>> {
    std::size_t operator()(const engine::Id<Kind> &id) const noexcept
    {
        return std::hash<std::string>{}(id.value);
    }
};

template<>
struct std::hash<engine::RunKey> {
    std::size_t operator()(const engine::RunKey &run) const noexcept
    {
        return std::hash<std::int64_t>{}(run.value);
    }
};
