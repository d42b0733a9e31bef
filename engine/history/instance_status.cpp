#include "engine/history/instance_status.h"

#include <array>
#include <utility>

namespace engine {
namespace {

using Named = std::pair<InstanceStatus, std::string_view>;

constexpr std::array names{
    Named{InstanceStatus::Pending, "Pending"},
    Named{InstanceStatus::Running, "Running"},
    Named{InstanceStatus::Suspended, "Suspended"},
    Named{InstanceStatus::Completed, "Completed"},
    Named{InstanceStatus::Failed, "Failed"},
    Named{InstanceStatus::Terminated, "Terminated"},
};

} // namespace

std::string_view toText(InstanceStatus status)
{
    return names.at(static_cast<std::size_t>(status)).second;
}

std::optional<InstanceStatus> instanceStatusFromText(std::string_view text)
{
    for (const auto &[status, name] : names) {
        if (name == text)
            return status;
    }
    return std::nullopt;
}

bool isFinished(InstanceStatus status)
{
    return status == InstanceStatus::Completed || status == InstanceStatus::Failed ||
           status == InstanceStatus::Terminated;
}

} // namespace engine
