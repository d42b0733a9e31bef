#include "engine/activities/builtin/script_activity.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

// A flow that says nothing must not hold a worker for ever.
constexpr Milliseconds timeUnlessSaid = 10s;

Failure failure(const char *type, const std::string &message)
{
    return {.type = type, .message = message, .retriable = false};
}

Scope scopeOver(const nlohmann::json &values)
{
    const auto member = [](const nlohmann::json &object,
                            std::string_view name) -> std::optional<JsonText> {
        const auto found = object.is_object() ? object.find(name) : object.end();
        return found == object.end() ? std::nullopt : std::optional(JsonText::of(*found));
    };
    const auto steps = member(values, "steps").value_or(JsonText()).tree();
    return {.value = [=](std::string_view name) { return member(values, name); },
        .step = [=](std::string_view id) { return member(steps, id); }};
}

ActivityOutcome outcomeOf(
    Expressions &expressions, const ActivityRequest &request, std::uint64_t seed)
{
    const auto with = request.with.tree();
    if (!with.is_object() || !with.contains("code") || !with["code"].is_string())
        return failure("ValidationError", "script: 'with' must be an object with the text 'code'");
    std::string code = with["code"].get<std::string>();
    if (code.starts_with('='))
        code.erase(0, 1);
    const Milliseconds limit = request.timeout > 0ms ? request.timeout : timeUnlessSaid;
    Scope scope = scopeOver(request.scope.tree());
    scope.now = SystemClock().now();
    scope.seed = seed;
    const auto begun = std::chrono::steady_clock::now();
    auto value = expressions.run(code, scope, limit);
    if (value)
        return *std::move(value);
    const bool late = std::chrono::steady_clock::now() - begun >= limit;
    return failure(
        late ? "ActivityTimeout" : "ExpressionError", "script: " + value.error().message);
}

} // namespace

ScriptActivity::ScriptActivity(RunOnWorker runOnWorker)
    : m_runOnWorker(std::move(runOnWorker))
    , m_waiting(std::make_shared<WaitingWork>())
{}

void ScriptActivity::start(const ActivityRequest &request, ActivityDone done)
{
    m_waiting->add(request.key);
    // The same attempt of the same task draws the same chance.
    const auto seed =
        std::hash<std::string>{}(toText(request.key)) + std::uint64_t(request.attempt);
    m_runOnWorker([=, waiting = m_waiting](Expressions &expressions) {
        if (waiting->take(request.key))
            done(outcomeOf(expressions, request, seed));
        else
            done(failure("Canceled", "script: canceled before it began"));
    });
}

void ScriptActivity::cancel(const ActivityKey &key) { m_waiting->take(key); }

} // namespace engine
