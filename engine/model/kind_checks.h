#pragma once

#include "engine/model/check_report.h"

namespace engine {

/// Reports what is wrong with the members of one step of these kinds; regions and expressions are
/// looked at elsewhere.
void checkBody(const Flow &flow, const Step &step, const CollectStep &body, CheckReport &report);
void checkBody(const Flow &flow, const Step &step, const ForEachStep &body, CheckReport &report);
void checkBody(const Flow &flow, const Step &step, const SubFlowStep &body, CheckReport &report);
void checkBody(const Flow &flow, const Step &step, const SendStep &body, CheckReport &report);
void checkBody(const Flow &flow, const Step &step, const EmitStep &body, CheckReport &report);

} // namespace engine
