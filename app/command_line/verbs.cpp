#include "app/command_line/verbs.h"

#include "app/command_line/verbs/groups.h"

#include <algorithm>

namespace app {

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
    const auto nearest = nearestWord(name, known);
    return usage("there is no command '" + name + "'" +
                 (nearest.empty() ? "; flow files end in .json"
                                  : "; did you mean '" + std::string(nearest) + "'?"));
}

} // namespace app
