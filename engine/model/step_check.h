#pragma once

#include "engine/model/check_report.h"

namespace engine {

/// Reports what is wrong with the fields of one step, without looking at other steps.
void checkFields(const Flow &flow, const Step &step, CheckReport &report);

} // namespace engine
