#pragma once

#include <concepts>

namespace engine {

/// One lambda a case, for std::visit.
template<typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template<typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

/// One of `Types`, for a case that is the same for several alternatives.
template<typename T, typename... Types>
concept AnyOf = (std::same_as<T, Types> || ...);

} // namespace engine
