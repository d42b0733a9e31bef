#include "monitor/models/instance_match.h"

#include <algorithm>
#include <cctype>

namespace monitor {

namespace {

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
        return c < 128 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return text;
}

bool holds(const engine::InstanceSummary &instance, const std::string &text)
{
    const auto wanted = lowered(text);
    const auto has = [&wanted](const std::string &part) {
        return lowered(part).find(wanted) != std::string::npos;
    };
    return has(instance.instance.value) || has(instance.flow.value) || has(instance.standsOn);
}

} // namespace

bool matches(const engine::InstanceFilter &filter, const engine::InstanceSummary &instance)
{
    const auto &statuses = filter.statuses;
    if (!statuses.empty() && std::ranges::find(statuses, instance.status) == statuses.end())
        return false;
    if (filter.waiting && *filter.waiting != instance.waiting)
        return false;
    if (!filter.flow.empty() && filter.flow != instance.flow)
        return false;
    if (filter.createdFrom && instance.createdAt < *filter.createdFrom)
        return false;
    if (filter.createdTo && instance.createdAt > *filter.createdTo)
        return false;
    return instance.instance.value.starts_with(filter.idPrefix) &&
           (filter.text.empty() || holds(instance, filter.text));
}

} // namespace monitor
