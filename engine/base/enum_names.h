#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace engine {

/// How the values of an enumeration are spelled.
template<typename Value, std::size_t Size>
using EnumNames = std::array<std::pair<Value, std::string_view>, Size>;

/// Empty for a value that has no name.
template<typename Value, std::size_t Size>
constexpr std::string_view nameOf(const EnumNames<Value, Size> &names, Value value)
{
    for (const auto &[one, name] : names) {
        if (one == value)
            return name;
    }
    return {};
}

template<typename Value, std::size_t Size>
constexpr std::optional<Value> valueNamed(const EnumNames<Value, Size> &names, std::string_view name)
{
    for (const auto &[value, one] : names) {
        if (one == name)
            return value;
    }
    return std::nullopt;
}

} // namespace engine
