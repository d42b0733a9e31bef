#pragma once

#include "engine/model/field_reader.h"

namespace engine {

/// The members of an approval (flow-format.md). What has the wrong form becomes a problem.
ApprovalStep readApproval(Reading &reading, FieldReader &fields, const StepId &step);

} // namespace engine
