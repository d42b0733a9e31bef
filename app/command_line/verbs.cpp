#include "app/command_line/verbs.h"

#include "app/command_line/verbs/groups.h"

#include <algorithm>
#include <array>

namespace app {
namespace {

struct ForeignVerb {
    std::string_view theirs;
    std::string_view ours;
};

/// What whoever knows other programs of this sort writes first.
constexpr std::array foreignVerbs{ForeignVerb{"cancel", "terminate"},
    ForeignVerb{"delete", "purge"}, ForeignVerb{"describe", "show"}, ForeignVerb{"get", "show"},
    ForeignVerb{"kill", "terminate"}, ForeignVerb{"logs", "history"}, ForeignVerb{"ls", "list"},
    ForeignVerb{"ps", "list"}, ForeignVerb{"raise-event", "raise"}, ForeignVerb{"reset", "rewind"},
    ForeignVerb{"rm", "purge"}, ForeignVerb{"run", "start"}, ForeignVerb{"signal", "raise"},
    ForeignVerb{"start-new", "start"}, ForeignVerb{"status", "show"},
    ForeignVerb{"stop", "suspend"}, ForeignVerb{"wait", "stream"}, ForeignVerb{"watch", "stream"}};

} // namespace

const std::vector<Verb> &verbs()
{
    static const std::vector<Verb> all = [] {
        std::vector<Verb> list;
        for (const auto group : {flowVerbs, instanceVerbs, operatorVerbs, eventVerbs, peopleVerbs,
                 engineVerbs, shellVerbs})
            std::ranges::move(group(), std::back_inserter(list));
        return list;
    }();
    return all;
}

const Verb *verbNamed(std::string_view name)
{
    const auto found =
        std::ranges::find(verbs(), name, [](const Verb &verb) { return verb.form.name; });
    return found == verbs().end() ? nullptr : &*found;
}

engine::Error unknownVerb(const std::string &name)
{
    std::vector<std::string_view> known{"version"};
    for (const Verb &verb : verbs())
        known.push_back(verb.form.name);
    std::string_view nearest = nearestWord(name, known);
    const auto foreign = std::ranges::find(foreignVerbs, name, &ForeignVerb::theirs);
    if (foreign != foreignVerbs.end())
        nearest = foreign->ours;
    return usage("there is no command '" + name + "'" +
                 (nearest.empty() ? "; flow files end in .json"
                                  : "; did you mean '" + std::string(nearest) + "'?"));
}

} // namespace app
