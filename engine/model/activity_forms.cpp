#include "engine/model/activity_forms.h"

#include <algorithm>

namespace engine {
namespace {

std::span<const ActivityForm> forms()
{
    static const std::vector<ActivityForm> all{
        {"file", {"path"}, {"path", "mode", "content"}},
        {"http", {"url"}, {"method", "url", "query", "headers", "body"}},
        {"log", {"message"}, {"message", "level"}, false},
        {"mail", {"to", "subject", "text"}, {"to", "subject", "text", "from", "connection"}},
        {"notify", {"title"}, {"title", "text"}, false},
        {"process", {"command"}, {"command", "input", "env", "cwd"}},
        {"script", {"code"}, {"code"}, false},
        {"sql", {"connection", "query"}, {"connection", "query", "bind"}},
        {"worker", {"name"}, {"name", "input"}, false},
    };
    return all;
}

} // namespace

const ActivityForm *findActivityForm(std::string_view name)
{
    const auto found = std::ranges::find(forms(), name, &ActivityForm::name);
    return found == forms().end() ? nullptr : &*found;
}

std::vector<std::string> activityNames()
{
    std::vector<std::string> names;
    for (const ActivityForm &form : forms())
        names.emplace_back(form.name);
    return names;
}

} // namespace engine
