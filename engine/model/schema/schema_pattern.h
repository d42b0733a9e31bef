#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace engine {

/// A regular expression as JSON Schema means it (ECMA-262, unanchored), with limits on what a match
/// may cost.
class SchemaPattern
{
public:
    enum class Match { No, Yes, TooCostly };

    explicit SchemaPattern(const std::string &source);
    ~SchemaPattern();
    SchemaPattern(SchemaPattern &&other) noexcept;

    /// What is wrong with the source; empty: nothing.
    const std::string &problem() const { return m_problem; }
    /// No for a pattern with a problem.
    Match match(std::string_view text) const;

private:
    struct Compiled;

    std::unique_ptr<Compiled> m_compiled;
    std::string m_problem;
};

} // namespace engine
