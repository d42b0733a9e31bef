#pragma once

#include "engine/door/batch.h"
#include "engine/door/door.h"
#include "engine/door/reports.h"
#include "engine/history/flow_statistics.h"

#include <string>
#include <vector>

namespace engine {

// What /api/v1 answers to questions about many rows or a whole history.

std::string toJsonText(const StepVisit &visit);
std::string toJsonText(const ChildInstance &child);
std::string toJsonText(const VersionStatistics &statistics);
std::string toJsonText(const FlowGrant &grant);
/// A dry run says whom it would meet, another what became of each.
std::string toJsonText(const BatchResult &result, bool isDry);

} // namespace engine
