#pragma once

#include "engine/model/flow.h"

#include <set>
#include <string>

namespace engine {

/// What a flow asks to be allowed (semantics 5.6): the kinds of activities that touch the world
/// (`http`, `process`, `sql`, `file`, `mail`, `emit`), each with its constant target where there is one
/// (`http 127.0.0.1:8099`, `http *`).
using Demands = std::set<std::string>;

Demands demandsOf(const Flow &flow);
/// The kind of a demand: its first word.
std::string_view demandKind(std::string_view demand);
/// What it is to reach: the rest; empty for a kind that has no target.
std::string_view demandTarget(std::string_view demand);
/// Stable text of the demands: what a grant remembers, so that moving a step asks nothing.
std::string fingerprint(const Demands &demands);

} // namespace engine
