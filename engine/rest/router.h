#pragma once

#include "engine/rest/exchange.h"
#include "engine/rest/right.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

enum class LiteralCase { Exact, Any };

/// Method and path ⇒ handler. A pattern is `instances/{id}/events/{name}`: literals and parameters,
/// each a whole segment that is not empty. Filled before the server runs, then only read.
class Router
{
public:
    using Handler = std::function<void(Exchange &)>;

    /// A route for a request, or the methods that the path would take (none: no such path).
    struct Match {
        const Handler *handler = nullptr;
        std::map<std::string, std::string> parameters;
        std::vector<std::string> methods;
        Right right = Right::Change;
    };
    /// A row of the table of routes.
    struct Route {
        std::string method;
        std::vector<std::string> pattern;
        Handler handler;
        Right right = Right::Change;
    };

    explicit Router(LiteralCase literals)
        : m_literals(literals)
    {}

    /// A GET reads, everything else changes, unless it is said.
    void add(std::string method, std::string_view pattern, Handler handler);
    void add(std::string method, std::string_view pattern, Handler handler, Right right);
    Match match(std::string_view method, const std::vector<std::string> &segments) const;

    const std::vector<Route> &routes() const { return m_routes; }

private:
    bool fits(const Route &route, const std::vector<std::string> &segments) const;

    LiteralCase m_literals;
    std::vector<Route> m_routes;
};

} // namespace engine
