#pragma once

#include "engine/base/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace engine {

/// A value, or the reason why there is none. Must be looked at.
template<typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_value(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_value(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_value.index() == 0; }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(value()); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    const Error &error() const
    {
        invariant(m_value.index() == 1, "Result: asked for the error of a success");
        return std::get<1>(m_value);
    }

private:
    T &value()
    {
        invariant(m_value.index() == 0, "Result: asked for the value of an error");
        return std::get<0>(m_value);
    }
    const T &value() const { return const_cast<Result *>(this)->value(); }

    std::variant<T, Error> m_value;
};

template<>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    explicit operator bool() const { return !m_error; }
    const Error &error() const
    {
        invariant(m_error.has_value(), "Result: asked for the error of a success");
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace engine
