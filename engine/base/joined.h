#pragma once

#include <functional>
#include <ranges>
#include <string>
#include <string_view>

namespace engine {

/// `a, b, c`: names as they stand in a sentence. `name` says what a part is called.
template<std::ranges::input_range Parts, typename Name = std::identity>
std::string joined(const Parts &parts, Name name = {})
{
    std::string list;
    for (const auto &part : parts) {
        list += list.empty() ? "" : ", ";
        list += std::string_view(std::invoke(name, part));
    }
    return list;
}

} // namespace engine
