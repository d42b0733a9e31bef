#include "engine/history/instance_status.h"

#include "engine/base/enum_names.h"

namespace engine {
namespace {

constexpr EnumNames<InstanceStatus, 6> names{{
    {InstanceStatus::Pending, "Pending"},
    {InstanceStatus::Running, "Running"},
    {InstanceStatus::Suspended, "Suspended"},
    {InstanceStatus::Completed, "Completed"},
    {InstanceStatus::Failed, "Failed"},
    {InstanceStatus::Terminated, "Terminated"},
}};

} // namespace

std::string_view toText(InstanceStatus status) { return nameOf(names, status); }

std::optional<InstanceStatus> instanceStatusFromText(std::string_view text)
{
    return valueNamed(names, text);
}

bool isFinished(InstanceStatus status)
{
    return status == InstanceStatus::Completed || status == InstanceStatus::Failed ||
           status == InstanceStatus::Terminated;
}

} // namespace engine
