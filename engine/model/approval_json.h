#pragma once

#include "engine/model/json_fields.h"

namespace engine {

/// What an approval says in the flow file beside its kind and name.
void addApproval(JsonFields &fields, const ApprovalStep &step);

} // namespace engine
