#include "app/command_line/verbs/filter_options.h"

namespace app {

std::vector<OptionForm> filterOptions()
{
    return {{"--status", "LIST",
                "Pending, Running, Suspended, Completed, Failed, Terminated; several with commas",
                {Offer::Words, statusWords}},
        {"--flow", "FLOW", "of this flow only", {Offer::Flows}},
        {"--id-prefix", "TEXT", "those whose id begins so"},
        {"--text", "TEXT", "those with this in their id, flow or where they stand"},
        {"--created-from", "TIME", "not older than 2026-01-31T23:59:59Z"},
        {"--created-to", "TIME", "not younger"}};
}

void addFilter(QueryPath &path, const VerbWords &words, const std::string &states)
{
    path.add("status", states.empty() ? words.value("--status") : states)
        .add("flow", words.value("--flow"))
        .add("idPrefix", words.value("--id-prefix"))
        .add("text", words.value("--text"))
        .add("createdFrom", words.value("--created-from"))
        .add("createdTo", words.value("--created-to"));
}

} // namespace app
