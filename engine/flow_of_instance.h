#pragma once

#include "engine/history/instance_summary.h"
#include "engine/model/flow.h"
#include "engine/store/reader.h"

namespace engine {

/// The version of a flow that an instance runs. Damaged: it is not there, or is no flow any more. Query
/// threads.
Result<Flow> flowOf(Reader &reader, const InstanceSummary &instance);

} // namespace engine
