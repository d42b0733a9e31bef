#pragma once

#include "engine/model/check_report.h"
#include "engine/model/flow.h"

namespace engine {

/// Whether this version has the activity, and its `with` holds what it needs (flow-format.md).
void checkActivity(const Step &step, const ActivityStep &activity, CheckReport &report);

} // namespace engine
