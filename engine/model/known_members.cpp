#include "engine/model/known_members.h"

#include <algorithm>

namespace engine {
namespace {

using Members = std::vector<std::string>;

struct Kind {
    std::string_view name;
    Members own;
};

/// Besides `kind`, `name` and `onError`, which all have.
const std::vector<Kind> &kinds()
{
    static const std::vector<Kind> table{
        {"activity", {"activity", "with", "timeout", "retry", "next"}},
        {"wait", {"event", "anyOf", "allOf", "count", "where", "timeout", "default", "clock",
                     "next", "onTimeout"}},
        {"timer", {"after", "at", "cron", "zone", "next"}},
        {"choice", {"cases", "otherwise"}},
        {"set", {"variables", "append", "status", "next"}},
        {"collect", {"event", "until", "clock", "next"}},
        {"parallel", {"branches", "join", "interrupts"}},
        {"join", {"mode", "next"}},
        {"forEach", {"items", "as", "do", "atOnce", "join"}},
        {"subFlow", {"flow", "version", "input", "id", "wait", "next"}},
        {"send", {"instance", "event", "data", "next"}},
        {"emit", {"url", "type", "data", "timeout", "retry", "next"}},
        {"approval", {"title", "text", "assignees", "policy", "outcomes", "form", "requireComment",
                         "due", "remind", "escalate", "default", "event", "clock", "onTimeout"}},
        {"continueAsNew", {"input"}},
        {"note", {"text"}},
        {"end", {"output"}},
        {"fail", {"type", "message", "details"}},
        {"resume", {}},
    };
    return table;
}

} // namespace

Members flowMembers()
{
    return {"$schema", "signalbox", "name", "description", "input", "events", "variables", "start",
        "steps", "interrupts", "retention", "layout"};
}

Members eventMembers()
{
    return {"schema", "description", "example", "onInvalid", "convert", "correlate", "deliver",
        "ttl", "startsFlow"};
}

Members interruptMembers() { return {"next", "mode", "blocking"}; }

Members stepMembers(std::string_view kind)
{
    const auto found = std::ranges::find(kinds(), kind, &Kind::name);
    if (found == kinds().end())
        return {};
    Members members{"kind", "name"};
    members.insert(members.end(), found->own.begin(), found->own.end());
    members.emplace_back("onError");
    return members;
}

Members stepKinds()
{
    Members names;
    for (const Kind &kind : kinds())
        names.emplace_back(kind.name);
    return names;
}

} // namespace engine
