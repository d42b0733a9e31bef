#include "engine/model/approval_words.h"

#include "engine/base/enum_names.h"

namespace engine {
namespace {

constexpr EnumNames<OutcomeKind, 3> kinds{{
    {OutcomeKind::Positive, "positive"},
    {OutcomeKind::Negative, "negative"},
    {OutcomeKind::Neutral, "neutral"},
}};

/// All but the one that is written as a number.
constexpr EnumNames<PolicyMode, 3> policies{{
    {PolicyMode::First, "first"},
    {PolicyMode::Everyone, "everyone"},
    {PolicyMode::InTurn, "sequence"},
}};

} // namespace

std::string_view toText(OutcomeKind kind) { return nameOf(kinds, kind); }

std::optional<OutcomeKind> outcomeKindFromText(std::string_view text)
{
    return valueNamed(kinds, text);
}

std::optional<PolicyMode> policyFromText(std::string_view text)
{
    return valueNamed(policies, text);
}

JsonText policyJson(const ApprovalStep &approval)
{
    if (approval.policy == PolicyMode::Count)
        return JsonText::trusted(std::to_string(approval.count));
    return JsonText::ofString(nameOf(policies, approval.policy));
}

} // namespace engine
