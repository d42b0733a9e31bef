#include "engine/model/schema/schema_values.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace engine {
namespace {

using nlohmann::json;

template<typename T>
std::weak_ordering ordered(const T &one, const T &other)
{
    if (one < other)
        return std::weak_ordering::less;
    return other < one ? std::weak_ordering::greater : std::weak_ordering::equivalent;
}

/// What an integer of nlohmann is: a sign, and a size that all of them fit into.
struct Whole {
    bool negative = false;
    std::uint64_t size = 0;
};

Whole wholeOf(const json &number)
{
    if (number.is_number_unsigned())
        return {false, number.get<std::uint64_t>()};
    const auto value = number.get<std::int64_t>();
    return value < 0 ? Whole{true, ~static_cast<std::uint64_t>(value) + 1}
                     : Whole{false, static_cast<std::uint64_t>(value)};
}

std::weak_ordering ordered(const Whole &one, const Whole &other)
{
    if (one.negative != other.negative)
        return one.negative ? std::weak_ordering::less : std::weak_ordering::greater;
    return one.negative ? ordered(other.size, one.size) : ordered(one.size, other.size);
}

/// Compares the whole parts as integers and looks at the rest only where they are equal.
std::weak_ordering ordered(const Whole &one, double other)
{
    constexpr double beyond = 18446744073709551616.0; // 2 to the power of 64
    if (std::abs(other) >= beyond)
        return ordered(0.0, other);
    const double whole = std::trunc(other);
    const auto order = ordered(one, Whole{whole < 0, static_cast<std::uint64_t>(std::abs(whole))});
    return order != 0 ? order : ordered(whole, other);
}

std::weak_ordering orderedNumbers(const json &one, const json &other)
{
    if (one.is_number_float() && other.is_number_float())
        return ordered(one.get<double>(), other.get<double>());
    if (one.is_number_float())
        return 0 <=> ordered(wholeOf(other), one.get<double>());
    return other.is_number_float() ? ordered(wholeOf(one), other.get<double>())
                                   : ordered(wholeOf(one), wholeOf(other));
}

/// Numbers are of one rank, however they are written.
int rankOf(const json &value)
{
    return value.is_number() ? static_cast<int>(json::value_t::number_float)
                             : static_cast<int>(value.type());
}

/// As deep as the values, which are limited where they were read.
std::weak_ordering orderedMembers(const json &one, const json &other)
{
    if (one.size() != other.size())
        return ordered(one.size(), other.size());
    for (auto mine = one.begin(), theirs = other.begin(); mine != one.end(); ++mine, ++theirs) {
        if (one.is_object())
            if (const auto order = ordered(mine.key(), theirs.key()); order != 0)
                return order;
        if (const auto order = compareValues(*mine, *theirs); order != 0)
            return order;
    }
    return std::weak_ordering::equivalent;
}

} // namespace

std::weak_ordering compareValues(const json &one, const json &other)
{
    if (const auto order = ordered(rankOf(one), rankOf(other)); order != 0)
        return order;
    if (one.is_number())
        return orderedNumbers(one, other);
    if (one.is_structured())
        return orderedMembers(one, other);
    if (one.is_string())
        return ordered(one.get_ref<const std::string &>(), other.get_ref<const std::string &>());
    return one.is_boolean() ? ordered(one.get<bool>(), other.get<bool>())
                            : std::weak_ordering::equivalent;
}

namespace {

bool isLess(const json *one, const json *other) { return compareValues(*one, *other) < 0; }

} // namespace

SortedValues::SortedValues(const json &list)
{
    for (const json &item : list)
        m_values.push_back(&item);
    std::ranges::sort(m_values, isLess);
}

bool SortedValues::contains(const json &value) const
{
    return std::ranges::binary_search(m_values, &value, isLess);
}

bool SortedValues::hasEqual() const
{
    return std::ranges::adjacent_find(m_values, [](const json *one, const json *other) {
        return compareValues(*one, *other) == 0;
    }) != m_values.end();
}

} // namespace engine
