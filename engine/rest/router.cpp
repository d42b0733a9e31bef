#include "engine/rest/router.h"

#include "engine/rest/url.h"

namespace engine {

namespace {

bool isParameter(const std::string &part) { return part.starts_with('{'); }

std::map<std::string, std::string> parametersOf(
    const std::vector<std::string> &pattern, const std::vector<std::string> &segments)
{
    std::map<std::string, std::string> parameters;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (isParameter(pattern[i]))
            parameters.emplace(pattern[i].substr(1, pattern[i].size() - 2), segments[i]);
    return parameters;
}

} // namespace

void Router::add(std::string method, std::string_view pattern, Handler handler)
{
    const Right right = method == "GET" ? Right::Read : Right::Change;
    add(std::move(method), pattern, std::move(handler), right);
}

void Router::add(std::string method, std::string_view pattern, Handler handler, Right right)
{
    const auto parts = pathSegments(pattern);
    m_routes.push_back({std::move(method), {parts.begin(), parts.end()}, std::move(handler), right});
}

bool Router::fits(const Route &route, const std::vector<std::string> &segments) const
{
    if (route.pattern.size() != segments.size())
        return false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string &part = route.pattern[i];
        const bool same = isParameter(part)                ? !segments[i].empty()
                          : m_literals == LiteralCase::Any ? sameText(part, segments[i])
                                                           : part == segments[i];
        if (!same)
            return false;
    }
    return true;
}

Router::Match Router::match(std::string_view method, const std::vector<std::string> &segments) const
{
    Match found;
    for (const Route &route : m_routes) {
        if (!fits(route, segments))
            continue;
        found.methods.push_back(route.method);
        if (route.method == method)
            return {&route.handler, parametersOf(route.pattern, segments), {}, route.right};
    }
    return found;
}

} // namespace engine
