#include "engine/runtime/deciding.h"

#include "engine/base/callback_url.h"

#include <algorithm>
#include <set>
#include <utility>

// What expressions and scripts see of an instance (semantics 7.6).

namespace engine {
namespace {

JsonText errorValue(const Failure &failure)
{
    return JsonText::trusted("{\"type\":" + JsonText::ofString(failure.type).text() +
                             ",\"message\":" + JsonText::ofString(failure.message).text() +
                             ",\"details\":" + failure.details.text() +
                             ",\"retriable\":" + (failure.retriable ? "true" : "false") + "}");
}

/// The text of an object in the making.
class ObjectText
{
public:
    void add(std::string_view key, const JsonText &value)
    {
        m_text += m_text.size() > 1 ? "," : "";
        m_text += JsonText::ofString(key).text() + ':' + value.text();
    }
    JsonText done() { return JsonText::trusted(std::move(m_text += '}')); }

private:
    std::string m_text = "{";
};

/// What expressions call the items of a for-each step.
std::string_view itemName(const Step &step)
{
    const auto *forEach = std::get_if<ForEachStep>(&step.body);
    if (!forEach)
        return {};
    return forEach->as.empty() ? std::string_view("item") : std::string_view(forEach->as);
}

/// A branch of a for-each step, and which.
struct ItemBranch {
    const OpenRegion *region;
    std::size_t place;
};

/// Those that `path` is inside of, innermost first.
std::vector<ItemBranch> itemBranchesAt(const InstanceState &state, const BranchPath &path)
{
    std::vector<ItemBranch> found;
    for (std::optional<BranchPath> at = path; at; at = enclosing(*at)) {
        const auto branch = state.branches.find(*at);
        if (branch == state.branches.end())
            continue;
        const auto region = state.regions.find(branch->second.region);
        if (region != state.regions.end() && region->second.isList)
            found.push_back({&region->second, branch->second.place});
    }
    return found;
}

} // namespace

std::optional<JsonText> Deciding::valueOfName(std::string_view name, const Place &place) const
{
    if (name == "input")
        return state().input;
    if (name == "vars")
        return allVariables();
    if (name == "instance")
        return aboutInstance();
    if (name == callbackSecret)
        return JsonText::ofString("${secret:" + std::string(callbackSecret) + "}");
    if (name == "event")
        return place.event ? *place.event : eventOfHandler(place.branch);
    if (name == "events" && place.events)
        return *place.events;
    if (name != "error")
        return valueOfItem(name, place.branch);
    for (std::optional<BranchPath> at = place.branch; at; at = enclosing(*at)) {
        const auto branch = state().branches.find(*at);
        if (branch != state().branches.end() && branch->second.error)
            return errorValue(*branch->second.error);
    }
    return {};
}

/// The payload of the event whose handler the branch is in, the innermost.
std::optional<JsonText> Deciding::eventOfHandler(const BranchPath &path) const
{
    for (std::optional<BranchPath> at = path; at; at = enclosing(*at)) {
        const auto branch = state().branches.find(*at);
        if (branch != state().branches.end() && branch->second.handler != 0)
            return state().interrupts.at(branch->second.handler).payload;
    }
    return {};
}

std::vector<std::string> Deciding::itemNamesAt(const BranchPath &path) const
{
    std::vector<std::string> names;
    for (const auto &[region, place] : itemBranchesAt(state(), path)) {
        std::string name(itemName(*flow().step(region->step)));
        if (name != "item" && std::ranges::find(names, name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

/// The innermost for-each that knows the name answers (semantics 7.6).
std::optional<JsonText> Deciding::valueOfItem(std::string_view name, const BranchPath &path) const
{
    for (const auto &[region, place] : itemBranchesAt(state(), path)) {
        if (name == "index")
            return JsonText::trusted(std::to_string(place));
        if (name == itemName(*flow().step(region->step)))
            return region->items.at(place);
    }
    return {};
}

std::optional<JsonText> Deciding::resultOfStep(std::string_view id, const BranchPath &from) const
{
    const StepId step{std::string(id)};
    for (std::optional<BranchPath> at = from; at; at = enclosing(*at)) {
        const auto branch = state().branches.find(*at);
        if (branch == state().branches.end())
            continue;
        const auto memory = branch->second.steps.find(step);
        if (memory != branch->second.steps.end() && memory->second.result)
            return memory->second.result;
    }
    return {};
}

/// Only what the code names is handed over; all results if it computes a step's name.
JsonText Deciding::scopeOfScript(std::string_view code, const Place &place) const
{
    constexpr std::string_view ofSteps = "steps.";
    std::vector<std::string> steps;
    std::set<std::string> names;
    for (const std::string &name : m_given.expressions.namesIn(code)) {
        if (name.starts_with(ofSteps))
            steps.push_back(name.substr(ofSteps.size()));
        else if (name == "steps")
            for (const Step &step : flow().flow().steps)
                steps.push_back(step.id.value);
        else
            names.insert(name.substr(0, name.find('.')));
    }
    ObjectText scope;
    for (const std::string &name : names)
        if (const auto value = valueOfName(name, place))
            scope.add(name, *value);
    scope.add("steps", resultsOf(steps, place.branch));
    return scope.done();
}

JsonText Deciding::resultsOf(const std::vector<std::string> &steps, const BranchPath &branch) const
{
    ObjectText results;
    for (const std::string &step : steps)
        if (const auto result = resultOfStep(step, branch))
            results.add(step, *result);
    return results.done();
}

JsonText Deciding::allVariables() const
{
    ObjectText variables;
    for (const auto &[name, variable] : state().variables)
        variables.add(name, valueOf(variable));
    return variables.done();
}

JsonText Deciding::aboutInstance() const
{
    return JsonText::trusted("{\"id\":" + JsonText::ofString(state().instance.value).text() +
                             ",\"flow\":" + JsonText::ofString(state().flow.value).text() +
                             ",\"version\":" + std::to_string(state().version) +
                             ",\"startedAt\":\"" + toText(state().createdAt) + "\"}");
}

} // namespace engine
