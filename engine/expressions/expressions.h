#pragma once

#include "engine/base/clock.h"
#include "engine/base/json_text.h"
#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// The names that an expression can read. Values are asked for only when the expression mentions
/// them, so a large history costs nothing to an expression that reads one field.
struct Scope {
    /// The JSON of a top-level name (`input`, `vars`, `event`, `error`, `item`, `index`,
    /// `instance`, `events`, `callbackUrl`), or nothing: then the name is undefined.
    std::function<std::optional<JsonText>(std::string_view name)> value;
    /// The last result of step `id` as seen from the evaluating branch (semantics 7.6), or nothing.
    std::function<std::optional<JsonText>(std::string_view id)> step;
    /// Further names that `value` knows: what the for-each steps around call their items.
    std::vector<std::string> itemNames;
    /// What `now`, `Date.now()` and `new Date()` answer (semantics 1.6).
    Instant now{};
    /// Seed of `Math.random()` (semantics 1.6).
    std::uint64_t seed = 0;
};

/// What is wrong with an expression's text.
struct ExpressionProblem {
    std::string message; ///< one sentence that says what to write instead where that is known
    int position = 0;    ///< in characters from the start of the expression
    std::string instead; ///< the whole expression without it; empty: that takes a person
};

/// Where an expression stands, for the message of an ExpressionError.
struct ExpressionPlace {
    std::string_view step;
    std::string_view field;
};

/// JavaScript over the flow's data: ECMAScript 2016 plus `?.` and `??`; pure and bounded
/// (flow-format.md, "Expressions"). One thread at a time; each thread has its own.
class Expressions
{
public:
    virtual ~Expressions() = default;

    /// Parses only. `source` is without the leading `=`.
    virtual std::vector<ExpressionProblem> check(std::string_view source) = 0;
    /// The top-level names, `steps.X` and `vars.X` that `source` reads, for the flow check; best
    /// effort.
    virtual std::vector<std::string> namesIn(std::string_view source) = 0;
    /// `source` with the name `from`, one of namesIn(), written as `to`.
    virtual std::string withName(
        std::string_view source, std::string_view from, std::string_view to) = 0;
    /// The value as JSON; `undefined` becomes `null`. InvalidArgument (the flow's ExpressionError)
    /// with step, expression and position if it throws, takes over 20 ms, or yields more than 1 MiB
    /// or depth 64. Never throws, never touches anything outside its scope.
    virtual Result<JsonText> evaluate(
        std::string_view source, const Scope &scope, const ExpressionPlace &place) = 0;
    /// Runs `code` as the body of a function (the `script` activity), within `limit`.
    virtual Result<JsonText> run(std::string_view code, const Scope &scope, Milliseconds limit) = 0;
};

} // namespace engine
