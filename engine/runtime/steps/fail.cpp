#include "engine/runtime/steps/steps.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace engine {
namespace {

/// The characters of a JSON string; any other value as its JSON.
std::string asText(const JsonText &value)
{
    return value.text().front() == '"' ? value.tree().get<std::string>() : value.text();
}

} // namespace

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const FailStep &body)
{
    auto type = deciding.fill(body.type, {branch, step.id, "type"});
    std::variant<JsonText, Failure> message = JsonText::ofString("");
    if (body.message)
        message = deciding.fill(*body.message, {branch, step.id, "message"});
    std::variant<JsonText, Failure> details;
    if (body.details)
        details = deciding.fill(*body.details, {branch, step.id, "details"});
    for (auto *part : {&type, &message, &details}) {
        if (auto *failure = std::get_if<Failure>(part))
            return deciding.failStep(branch, step, std::move(*failure));
    }
    deciding.failBranch(branch, step.id,
        {.type = asText(std::get<JsonText>(type)),
            .message = asText(std::get<JsonText>(message)),
            .details = std::get<JsonText>(std::move(details)),
            .retriable = false});
}

} // namespace engine
