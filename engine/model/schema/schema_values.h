#pragma once

#include <nlohmann/json_fwd.hpp>

#include <compare>
#include <vector>

namespace engine {

/// The order of JSON values as the draft compares them: 1 and 1.0 are equal, 1 and true are not,
/// and no number is rounded on the way. Total, so that it can sort what an attacker wrote.
std::weak_ordering compareValues(const nlohmann::json &one, const nlohmann::json &other);

/// The items of a list in their order, so that a look costs the logarithm of their number.
class SortedValues
{
public:
    /// `list` outlives this.
    explicit SortedValues(const nlohmann::json &list);

    bool contains(const nlohmann::json &value) const;
    bool hasEqual() const;

private:
    std::vector<const nlohmann::json *> m_values;
};

} // namespace engine
