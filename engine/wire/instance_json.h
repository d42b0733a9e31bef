#pragma once

#include "engine/history/instance_summary.h"
#include "engine/history/run_progress.h"

#include <string>

namespace engine {

/// An instance in a list of /api/v1.
std::string toJsonText(const InstanceSummary &summary);
/// One instance by itself: the same, with its branches, its open waits and its kept
/// events.
std::string toJsonText(const InstanceSummary &summary, const RunProgress &progress);

} // namespace engine
