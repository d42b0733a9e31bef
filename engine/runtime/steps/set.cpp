#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {
namespace {

constexpr std::size_t customStatusLimit = 16 * 1024; // semantics 9.4

using Assignments = std::vector<std::pair<std::string, JsonText>>;

/// All of `templates` filled in, over the variables as they were before the step.
std::variant<Assignments, Failure> fillAll(Deciding &deciding,
    const std::vector<std::pair<std::string, Template>> &templates, const Place &place)
{
    Assignments filled;
    for (const auto &[name, value] : templates) {
        auto one = deciding.fill(value, place);
        if (auto *failure = std::get_if<Failure>(&one))
            return std::move(*failure);
        filled.emplace_back(name, std::get<JsonText>(std::move(one)));
    }
    return filled;
}

/// Why `appended` cannot be appended to, after `values` are set; nothing if all are lists.
std::optional<Failure> notLists(
    const InstanceState &state, const Assignments &values, const Assignments &appended)
{
    for (const auto &[name, item] : appended) {
        Variable target;
        if (const auto known = state.variables.find(name); known != state.variables.end())
            target.value = known->second.value;
        for (const auto &[assigned, value] : values) {
            if (assigned == name)
                target.value = value;
        }
        if (!isList(target)) {
            return Failure{.type = "ValidationError",
                .message = "cannot append to variable '" + name +
                           "': it is no list; give it the first value []",
                .retriable = false};
        }
    }
    return {};
}

} // namespace

void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const SetStep &body)
{
    auto values = fillAll(deciding, body.variables, {branch, step.id, "variables"});
    if (auto *failure = std::get_if<Failure>(&values))
        return deciding.failStep(branch, step, std::move(*failure));
    auto appended = fillAll(deciding, body.append, {branch, step.id, "append"});
    if (auto *failure = std::get_if<Failure>(&appended))
        return deciding.failStep(branch, step, std::move(*failure));
    VariablesSet set{
        std::get<Assignments>(std::move(values)), std::get<Assignments>(std::move(appended))};
    if (auto failure = notLists(deciding.state(), set.values, set.appended))
        return deciding.failStep(branch, step, *std::move(failure));

    std::variant<JsonText, Failure> status;
    if (body.status)
        status = deciding.fill(*body.status, {branch, step.id, "status"});
    if (auto *failure = std::get_if<Failure>(&status))
        return deciding.failStep(branch, step, std::move(*failure));
    if (std::get<JsonText>(status).text().size() > customStatusLimit) {
        return deciding.failStep(branch, step,
            {.type = "ValidationError",
                .message = "the custom status is longer than 16 KiB; keep it to what a list shows",
                .retriable = false});
    }

    if (!set.values.empty() || !set.appended.empty())
        deciding.add(std::move(set));
    if (body.status)
        deciding.add(CustomStatusSet{std::get<JsonText>(std::move(status))});
    deciding.leave({.branch = branch, .step = step.id, .way = "next", .to = body.next});
}

} // namespace engine
