#pragma once

#include "engine/model/step.h"

#include <optional>
#include <string_view>

namespace engine {

/// `positive`, `negative` or `neutral`.
std::string_view toText(OutcomeKind kind);
std::optional<OutcomeKind> outcomeKindFromText(std::string_view text);
/// `first`, `everyone` or `sequence`; nothing for what is no name of a policy. A count is a number.
std::optional<PolicyMode> policyFromText(std::string_view text);
/// As `policy` stands in a flow file (semantics 6.2): a name, or the number of those who must agree.
JsonText policyJson(const ApprovalStep &approval);

} // namespace engine
