#pragma once

#include "engine/model/check_report.h"

namespace engine {

/// Reports what is wrong with the members of an approval; its expressions and where its outcomes lead
/// are looked at elsewhere.
void checkApproval(
    const Flow &flow, const Step &step, const ApprovalStep &approval, CheckReport &report);

} // namespace engine
