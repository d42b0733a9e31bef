#pragma once

#include <concepts>
#include <type_traits>

namespace engine {

/// A record to be written, or one to be read into.
template<typename T, typename Plain>
concept Either = std::same_as<std::remove_const_t<T>, Plain>;

} // namespace engine
