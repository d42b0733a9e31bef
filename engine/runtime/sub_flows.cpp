#include "engine/runtime/sub_flows.h"

#include "engine/base/json_scan.h"

#include <utility>

namespace engine {
namespace {

constexpr std::string_view failed = "SubFlowFailed";

/// So deep and so long may the details of the inner failure be, so that those around them stay
/// within the limits of a payload however many flows are inside one another.
constexpr JsonLimits innerDetails{.bytes = 64 * 1024, .depth = 32};

void appendHex(std::string &text, std::uint64_t bits, int digits)
{
    for (int digit = digits - 1; digit >= 0; --digit)
        text += "0123456789abcdef"[(bits >> (4 * digit)) & 0xF];
}

std::string called(const FlowId &flow, const InstanceId &instance)
{
    return "sub-flow '" + flow.value + "' (instance '" + instance.value + "')";
}

/// `{"instance", "flow"}` without its end, for more members.
std::string aboutChild(const FlowId &flow, const InstanceId &instance)
{
    return "{\"instance\":" + JsonText::ofString(instance.value).text() +
           ",\"flow\":" + JsonText::ofString(flow.value).text();
}

bool isSmall(const JsonText &details)
{
    return details.text().size() <= innerDetails.bytes &&
           !scanJson(details.text(), innerDetails.depth);
}

std::string errorText(const Failure &failure)
{
    return "{\"type\":" + JsonText::ofString(failure.type).text() +
           ",\"message\":" + JsonText::ofString(failure.message).text() +
           ",\"details\":" + (isSmall(failure.details) ? failure.details.text() : "null") + "}";
}

} // namespace

InstanceId subFlowId(RunKey parent, Sequence subFlow, Instant now)
{
    // Run and number are given once in a store, so no two of these are ever the same.
    std::string text;
    text.reserve(32);
    appendHex(text, std::uint64_t(now.time_since_epoch().count()), 12);
    appendHex(text, std::uint64_t(parent.value), 12);
    appendHex(text, std::uint64_t(subFlow), 8);
    return {std::move(text)};
}

Message toParent(const Parent &parent, std::variant<JsonText, Failure> outcome)
{
    return {parent.instance, parent.run, SubFlowFinished{parent.subFlow, std::move(outcome)}};
}

Failure startFailure(const InstanceId &child, const StartInstance &start, const Error &why,
    const std::vector<SchemaFault> &faults)
{
    std::string details = aboutChild(start.flow, child);
    std::string before = ",\"faults\":[";
    for (const SchemaFault &fault : faults) {
        details += std::exchange(before, ",");
        details += "{\"pointer\":" + JsonText::ofString(fault.pointer).text() +
                   ",\"message\":" + JsonText::ofString(fault.message).text() + "}";
    }
    details += faults.empty() ? "}" : "]}";
    return {.type = std::string(failed),
        .message = called(start.flow, child) + " cannot start: " + why.message,
        .details = JsonText::trusted(std::move(details)),
        .retriable = false};
}

Failure endFailure(const InstanceState &child, const Failure &failure)
{
    const std::string message = failure.type == failed
                                    ? failure.message
                                    : called(child.flow, child.instance) + " failed with " +
                                          failure.type + ": " + failure.message;
    return {.type = std::string(failed),
        .message = message,
        .details = JsonText::trusted(
            aboutChild(child.flow, child.instance) + ",\"error\":" + errorText(failure) + "}"),
        .retriable = false};
}

Failure terminationFailure(const InstanceState &child, const std::string &reason)
{
    return {.type = "Terminated",
        .message = called(child.flow, child.instance) + " was terminated" +
                   (reason.empty() ? "" : ": " + reason),
        .details = JsonText::trusted(aboutChild(child.flow, child.instance) + "}"),
        .retriable = false};
}

} // namespace engine
