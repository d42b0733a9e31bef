#include "app/command_line/api_path.h"
#include "app/command_line/audit_text.h"
#include "app/command_line/event_text.h"
#include "app/command_line/history_text.h"
#include "app/command_line/instance_text.h"
#include "app/command_line/verbs/filter_options.h"
#include "app/command_line/verbs/groups.h"

#include <limits>

namespace app {
namespace {

using engine::Result;

constexpr int mostOfAList = 1000;

Result<Command> readStart(const VerbWords &words)
{
    const auto version = numberOf(
        words, {.name = "--version", .most = std::numeric_limits<int>::max(), .otherwise = 0});
    if (!version)
        return version.error();
    return Command(StartCommand{words.target, words.at(0), words.value("--id"),
        words.value("--input"), static_cast<int>(*version)});
}

Verb startVerb()
{
    return {
        {.name = "start",
            .group = "Instances",
            .purpose = "start an instance; prints its id",
            .uses = {{.words = "FLOW",
                .offers = {{Offer::Flows}},
                .shown = "[--id ID] [--input JSON|@FILE]"}},
            .options = {{"--id", "ID", "the instance's id (default: one is made)"},
                {"--input", "JSON", "its input, or @FILE to read it from a file (default: null)"},
                {"--version", "N", "this version of the flow (default: the newest)"}},
            .examples = {{"start Order --id order-7 --input '{\"amount\": 120}'",
                             "start it under an id"},
                {"start Order --input @order.json", "read the input from a file"}}},
        readStart};
}

Result<Command> readList(const VerbWords &words)
{
    const auto limit =
        numberOf(words, {.name = "--limit", .most = mostOfAList, .otherwise = mostOfAList});
    if (!limit)
        return limit.error();
    QueryPath path("/api/v1/instances");
    path.add("limit", std::to_string(*limit));
    addFilter(path, words);
    path.add("waiting", words.has("--waiting") ? "true" : "").add("after", words.value("--after"));
    return Command(CallCommand{words.target, {.path = path.text()}, instancesText});
}

Verb listVerb()
{
    std::vector<OptionForm> options = filterOptions();
    options.push_back({"--waiting", {}, "only those that wait for an event"});
    options.push_back({"--limit", "N", "so many at most (default: 1000)"});
    options.push_back({"--after", "CURSOR", "go on behind a page: the 'next' of its --json"});
    return {{.name = "list",
                .group = "Instances",
                .purpose = "list instances, newest first",
                .uses = {{.shown = "[--status STATUS,…] [--flow FLOW]"}},
                .options = std::move(options),
                .examples = {{"list --status Failed --flow Order", "the orders that failed"},
                    {"list --waiting --json | jq -r '.instances[].instance'", "ids for a script"}}},
        readList};
}

Verb showVerb()
{
    return {{.name = "show",
                .group = "Instances",
                .purpose = "show an instance: what it waits for, its events, its output",
                .uses = {{.words = "ID", .offers = {{Offer::Instances}}}},
                .examples = {{"show order-7", "where it stands"},
                    {"show order-7 --json | jq .output", "what came out of it"}}},
        [](const VerbWords &words) -> Result<Command> {
            return Command(
                CallCommand{words.target, {.path = instancePath(words.at(0))}, instanceText});
        }};
}

Result<Command> readHistory(const VerbWords &words)
{
    const auto limit =
        numberOf(words, {.name = "--limit", .most = mostOfAList, .otherwise = mostOfAList});
    if (!limit)
        return limit.error();
    const auto from = numberOf(words,
        {.name = "--from", .most = std::numeric_limits<std::int64_t>::max(), .otherwise = 1});
    if (!from)
        return from.error();
    QueryPath path(instancePath(words.at(0), "history"));
    path.add("from", std::to_string(*from)).add("limit", std::to_string(*limit));
    return Command(CallCommand{words.target, {.path = path.text()}, historyText});
}

Verb historyVerb()
{
    return {{.name = "history",
                .group = "Instances",
                .purpose = "show the history of an instance, a fact a line",
                .uses = {{.words = "ID", .offers = {{Offer::Instances}}}},
                .options = {{"--from", "N", "begin with this one (default: 1)"},
                    {"--limit", "N", "so many at most (default: 1000)"}},
                .examples = {{"history order-7", "all that happened to it"}}},
        readHistory};
}

Result<Command> readExplain(const VerbWords &words)
{
    const auto kept = numberOf(words,
        {.name = "--kept", .most = std::numeric_limits<std::int64_t>::max(), .otherwise = 0});
    if (!kept)
        return kept.error();
    QueryPath path(instancePath(words.at(0), "explain"));
    path.add("event", words.at(1)).add("kept", *kept > 0 ? std::to_string(*kept) : "");
    return Command(CallCommand{words.target, {.path = path.text()}, verdictsText});
}

Verb explainVerb()
{
    return {
        {.name = "explain",
            .group = "Instances",
            .purpose = "say why events were taken by an instance or not",
            .uses = {{.words = "ID [EVENT]",
                .offers = {{Offer::Instances}, {Offer::AwaitedEvents}}}},
            .options = {{"--kept", "N", "only the kept event of this number, see 'events kept'"}},
            .notes = "Without EVENT: why each kept event was not taken. With it: all of that name, "
                     "and what\n"
                     "would become of one that came now.",
            .examples = {{"explain order-7 Paid", "why it does not go on although it was paid"}}},
        readExplain};
}

Result<Command> readAudit(const VerbWords &words)
{
    const auto limit = numberOf(words, {.name = "--limit", .most = mostOfAList, .otherwise = 100});
    if (!limit)
        return limit.error();
    QueryPath path("/api/v1/audit");
    path.add("instance", words.at(0))
        .add("limit", std::to_string(*limit))
        .add("after", words.value("--after"));
    return Command(CallCommand{words.target, {.path = path.text()}, auditText});
}

Verb auditVerb()
{
    return {{.name = "audit",
                .group = "Instances",
                .purpose = "show who did what, when and why, newest first",
                .uses = {{.words = "[ID]", .offers = {{Offer::Instances}}}},
                .options = {{"--limit", "N", "so many at most (default: 100)"},
                    {"--after", "CURSOR", "go on behind a page: the 'next' of its --json"}},
                .examples = {{"audit", "of everything"},
                    {"audit order-7", "of one instance, also after it was purged"}}},
        readAudit};
}

} // namespace

std::vector<Verb> instanceVerbs()
{
    return {startVerb(), listVerb(), showVerb(), historyVerb(), explainVerb(), auditVerb()};
}

} // namespace app
