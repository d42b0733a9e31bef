#include "app/command_line/api_path.h"

#include "engine/rest/url.h"

namespace app {
namespace {

std::string below(std::string path, std::string_view rest)
{
    return rest.empty() ? path : path + "/" + std::string(rest);
}

} // namespace

std::string instancePath(const std::string &instance, std::string_view rest)
{
    return below("/api/v1/instances/" + engine::segmentEncoded(instance), rest);
}

std::string taskPath(const std::string &task, std::string_view rest)
{
    return below("/api/v1/tasks/" + engine::segmentEncoded(task), rest);
}

QueryPath &QueryPath::add(std::string_view name, const std::string &value)
{
    if (value.empty())
        return *this;
    m_text += m_next + std::string(name) + "=" + engine::segmentEncoded(value);
    m_next = '&';
    return *this;
}

} // namespace app
