#pragma once

#include "engine/door/tasks_door.h"

#include <string>

namespace engine {

/// One line of an inbox.
std::string toJsonText(const TaskSummary &task);
/// The same with its text, outcomes, form, policy, answers, comments and why it is closed.
std::string toJsonText(const TaskDetail &task);
std::string toJsonText(const TaskPage &page);

} // namespace engine
