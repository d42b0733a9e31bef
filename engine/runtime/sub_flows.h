#pragma once

#include "engine/base/error.h"
#include "engine/base/failure.h"
#include "engine/history/message.h"
#include "engine/model/schema/schema.h"
#include "engine/runtime/instance_state.h"

#include <vector>

namespace engine {

// What passes between an instance and the sub-flow step that started it.

/// The id of an instance that `subFlow` of `parent` starts without naming it: 32 lower-case hex digits
/// in the order of time, and the same one whenever it is made again.
InstanceId subFlowId(RunKey parent, Sequence subFlow, Instant now);
/// To the parent of an instance: what became of it. The start must have a parent.
Message toParent(const Parent &parent, std::variant<JsonText, Failure> outcome);
/// SubFlowFailed: the start of `child` was refused. `faults` are those of its input.
Failure startFailure(const InstanceId &child, const StartInstance &start, const Error &why,
    const std::vector<SchemaFault> &faults = {});
/// SubFlowFailed with the failure of `child` inside; of nested failures the message names the
/// innermost, and the details go as deep as a payload may.
Failure endFailure(const InstanceState &child, const Failure &failure);
/// Terminated: somebody ended `child`.
Failure terminationFailure(const InstanceState &child, const std::string &reason);

} // namespace engine
