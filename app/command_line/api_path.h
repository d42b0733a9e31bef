#pragma once

#include <string>
#include <string_view>

namespace app {

/// `/api/v1/instances/order%207/suspend`; `below` begins without a slash, or is empty.
std::string instancePath(const std::string &instance, std::string_view below = {});
std::string taskPath(const std::string &task, std::string_view below = {});

/// A path with its query.
class QueryPath
{
public:
    explicit QueryPath(std::string path)
        : m_text(std::move(path))
    {}

    /// Nothing if the value is empty.
    QueryPath &add(std::string_view name, const std::string &value);
    std::string text() const { return m_text; }

private:
    std::string m_text;
    char m_next = '?';
};

} // namespace app
