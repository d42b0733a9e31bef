#pragma once

#include "designer/document/edit_plan.h"

namespace designer {

/// Whether steps of that kind start branches, which meet at a join.
bool opensBranches(const engine::StepBody &body);
/// Inserts a new parallel or forEach step at `at` with what makes the flow right at once: a first
/// step for each branch, and the join where they meet, which goes on at `onward`.
void insertBranches(
    EditPlan &plan, engine::Step opener, engine::Position at, const engine::StepId &onward);
/// Another branch of a parallel step: a step that leads to its join. Empty: there is no such step.
engine::StepId insertBranch(EditPlan &plan, const engine::StepId &parallel);
/// The first opener whose join is not there is given `join`.
void adoptJoin(EditPlan &plan, const engine::StepId &join);

/// How far a new step of that kind and what comes with it reach, from its centre onward.
int reachOf(const engine::StepBody &body, bool right);
/// A place behind what `way` leaves, near `at`, and room for the new step there: what stands from
/// the way's target on moves onward as far as needed.
engine::Position makeRoom(
    EditPlan &plan, const engine::Transition &way, engine::Position at, int reach);

} // namespace designer
