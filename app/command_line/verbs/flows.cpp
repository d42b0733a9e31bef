#include "app/command_line/flow_text.h"
#include "app/command_line/verbs/groups.h"

#include <limits>

namespace app {
namespace {

using engine::Result;

Verb deployVerb()
{
    return {
        {.name = "deploy",
            .group = "Flows",
            .purpose = "deploy a flow file; problems are printed",
            .uses = {{.words = "FILE", .offers = {{Offer::Files}}}},
            .notes = "The same content again is the same version. What a flow asks for, as calling "
                     "out, is\n"
                     "granted by 'serve --allow' or in the window, never by this.",
            .examples = {{"deploy order.flow.json", "deploy it, or say what is wrong and where"}}},
        [](const VerbWords &words) -> Result<Command> {
            return Command(DeployCommand{words.target, words.at(0)});
        }};
}

Verb checkVerb()
{
    return {
        {.name = "check",
            .group = "Flows",
            .purpose = "check a flow file; exit status 1 if it has errors",
            .uses = {{.words = "FILE", .offers = {{Offer::Files}}}},
            .notes = "Problems are printed as FILE:LINE: STEP: TEXT. The file is checked here: no "
                     "Signalbox\n"
                     "is asked.",
            .examples = {{"check order.flow.json --json", "the problems as JSON, for a program"}}},
        [](const VerbWords &words) -> Result<Command> {
            return Command(CheckCommand{words.at(0), words.target.json});
        }};
}

Result<Command> readFlows(const VerbWords &words)
{
    if (words.deed() == "list")
        return Command(CallCommand{words.target, {.path = "/api/v1/flows"}, flowsText});
    const auto version = numberOf(
        words, {.name = "--version", .most = std::numeric_limits<int>::max(), .otherwise = 0});
    if (!version)
        return version.error();
    return Command(FlowFileCommand{words.target, words.at(0), static_cast<int>(*version)});
}

Verb flowsVerb()
{
    return {{.name = "flows",
                .group = "Flows",
                .purpose = "list the flows that are deployed, or print one",
                .uses = {{.deed = "list", .meaning = "the flows and their versions"},
                    {.deed = "show",
                        .words = "FLOW",
                        .meaning = "the file as it was deployed",
                        .offers = {{Offer::Flows}}}},
                .options = {{"--version", "N", "this version (default: the newest)", {}, "show"}},
                .examples = {{"flows show Order --version 2 > order.flow.json",
                    "get a version back as a file"}}},
        readFlows};
}

} // namespace

std::vector<Verb> flowVerbs() { return {deployVerb(), checkVerb(), flowsVerb()}; }

} // namespace app
