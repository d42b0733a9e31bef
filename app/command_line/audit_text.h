#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace app {

/// A page of the audit log, a line an entry.
std::string auditText(const nlohmann::json &page);

} // namespace app
