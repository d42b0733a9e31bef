#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

/// The open tasks of a page of `/api/v1/tasks`, a line each.
std::string tasksText(const nlohmann::json &page);
/// A task with all that whoever answers it needs to know.
std::string taskText(const nlohmann::json &task);
/// Why a task cannot be answered by `approve` or `reject`, and how it can.
std::string otherOutcomesText(const nlohmann::json &task, const std::string &kind);

} // namespace app
