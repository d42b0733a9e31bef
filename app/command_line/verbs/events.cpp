#include "app/command_line/api_path.h"
#include "app/command_line/done_text.h"
#include "app/command_line/event_text.h"
#include "app/command_line/flow_text.h"
#include "app/command_line/verbs/groups.h"
#include "engine/rest/url.h"
#include "engine/wire/json_writer.h"

namespace app {
namespace {

using engine::Result;

constexpr std::string_view group = "Events";

Result<Command> readLines(const VerbWords &words)
{
    for (const char *option : {"--event-id", "--branch", "--correlation-key"}) {
        if (words.has(option))
            return usage(
                std::string(option) + " is for one event; with --from each line says its own");
    }
    return Command(
        RaiseLinesCommand{words.target, words.value("--from"), words.has("--correlate")});
}

Result<Command> readRaise(const VerbWords &words)
{
    if (words.has("--from"))
        return readLines(words);
    const bool isCorrelated = words.use > 0;
    if (isCorrelated && words.has("--branch"))
        return usage("--branch is for the instance that is named; with --correlate none is");
    const std::size_t event = isCorrelated ? 0 : 1;
    RaiseCommand command{.target = words.target,
        .instance = isCorrelated ? std::string() : words.at(0),
        .event = words.at(event),
        .payload = words.at(event + 1),
        .eventId = words.value("--event-id")};
    if (words.has("--branch"))
        command.branch = words.value("--branch");
    if (words.has("--correlation-key"))
        command.correlationKey = words.value("--correlation-key");
    return Command(std::move(command));
}

Verb raiseVerb()
{
    return {
        {.name = "raise",
            .group = group,
            .purpose = "raise an event for an instance, or for whoever waits under its key",
            .uses = {{.words = "ID EVENT [JSON|@FILE]",
                         .offers = {{Offer::Instances, "Pending Running Suspended"},
                             {Offer::AwaitedEvents}}},
                {.options = "--from", .shown = "--from FILE"},
                {.words = "EVENT [JSON|@FILE]",
                    .options = "--correlate --correlation-key",
                    .shown = "--correlate"}},
            .options = {{"--event-id", "ID", "the same id again has no second effect"},
                {"--branch", "PATH", "only this branch may take it"},
                {"--correlate", {}, "no instance is named: flows find theirs by the payload"},
                {"--correlation-key", "KEY", "the same, and this is the key"},
                {"--from", "FILE", "events from lines of JSON; - is standard input",
                    {Offer::Files}}},
            .notes =
                "It is on disk when this ends with status 0. An event that nobody waits for yet is "
                "kept.\n"
                "\n"
                "A line of --from is {\"instance\" or \"key\", \"event\", \"data\", \"id\", "
                "\"branch\"}; only an\n"
                "event and whom it is for must be there, and with --correlate the event alone. A "
                "line\n"
                "that is refused is named by its number and the others are raised all the same; "
                "the\n"
                "exit status is 1 then. Give each line an id to be able to repeat the whole of it.",
            .examples = {{"raise order-7 Paid '{\"amount\": 120}' --event-id payment-1",
                             "pay once, however often this runs"},
                {"raise ParcelScanned '{\"parcel\": \"P-1\"}' --correlate",
                    "for whoever waits for this parcel"},
                {"raise --from - < events.jsonl", "many at once"}}},
        readRaise};
}

/// Whether the number is that of a kept event; else it is that of an undelivered one.
bool isKept(const VerbWords &words) { return words.has("--instance") || words.has("--under-key"); }

std::string eventPath(const VerbWords &words)
{
    const std::string number = engine::segmentEncoded(words.at(0));
    if (words.has("--instance"))
        return instancePath(words.value("--instance"), "kept/" + number);
    return (words.has("--under-key") ? "/api/v1/events/kept/" : "/api/v1/undelivered/") + number;
}

Result<Command> readReplay(const VerbWords &words)
{
    if (isKept(words) && !words.has("--to"))
        return usage("say who gets the kept event: --to ID");
    engine::JsonObjectWriter body;
    if (words.has("--to"))
        body.text("instance", words.value("--to"));
    if (words.has("--reason"))
        body.text("reason", words.value("--reason"));
    const std::string path = eventPath(words) + (isKept(words) ? "" : "/replay");
    return Command(CallCommand{words.target,
        {.method = "POST", .path = path, .body = std::move(body).finish()}, replayedText});
}

Result<Command> readDelete(const VerbWords &words)
{
    QueryPath path(eventPath(words));
    if (isKept(words))
        path.add("reason", words.value("--reason"));
    else if (words.has("--reason"))
        return usage("--reason is for a kept event: --instance ID, or --under-key");
    return Command(
        CallCommand{words.target, {.method = "DELETE", .path = path.text()}, deletedText});
}

Result<Command> readEvents(const VerbWords &words)
{
    if (words.deed() == "kept")
        return Command(
            CallCommand{words.target, {.path = instancePath(words.at(0))}, keptOfInstanceText});
    if (words.has("--instance") && words.has("--under-key"))
        return usage(
            "--instance and --under-key exclude one another: an event is kept in one place");
    if (words.deed() == "replay")
        return readReplay(words);
    if (words.deed() == "delete")
        return readDelete(words);
    const auto limit = numberOf(words, {.name = "--limit", .most = 1000, .otherwise = 1000});
    if (!limit)
        return limit.error();
    const bool isLog = words.deed() == "undelivered";
    QueryPath path(isLog ? "/api/v1/undelivered" : "/api/v1/events");
    path.add("limit", std::to_string(*limit));
    return Command(
        CallCommand{words.target, {.path = path.text()}, isLog ? undeliveredText : correlatedText});
}

Verb eventsVerb()
{
    return {
        {.name = "events",
            .group = group,
            .purpose = "events that wait for a taker, and those that reached nobody",
            .uses = {{.deed = "list",
                         .meaning = "events that are kept under their keys, oldest first"},
                {.deed = "kept",
                    .words = "ID",
                    .meaning = "events that this instance keeps",
                    .offers = {{Offer::Instances}}},
                {.deed = "undelivered", .meaning = "events that reached nobody, newest first"},
                {.deed = "replay",
                    .words = "NUMBER",
                    .meaning = "raise an undelivered one again, or hand on a kept one",
                    .offers = {{Offer::Undelivered}}},
                {.deed = "delete",
                    .words = "NUMBER",
                    .meaning = "take it out of the log, or away from the instance",
                    .offers = {{Offer::Undelivered}}}},
            .options = {{"--limit", "N", "so many at most (default: 1000)", {}, "list undelivered"},
                {"--to", "ID", "raise it for this instance (default: whom it was meant for)",
                    {Offer::Instances, "Pending Running Suspended"}, "replay"},
                {"--instance", "ID", "NUMBER is that of a kept event of this instance",
                    {Offer::Instances}, "replay delete"},
                {"--under-key", {},
                    "NUMBER is that of an event that is kept under its key, see 'events list'", {},
                    "replay delete"},
                {"--reason", "TEXT", "why; it is kept in the audit log", {}, "replay delete"}},
            .examples = {{"events undelivered", "what went wrong"},
                {"events replay 12 --to order-7", "deliver it to another instance"},
                {"events delete 9 --instance order-7 --reason 'sent twice'",
                    "take a kept event away"}}},
        readEvents};
}

Result<Command> readWebhooks(const VerbWords &words)
{
    constexpr std::string_view path = "/api/v1/webhooks";
    if (words.deed() == "put")
        return Command(WebhookCommand{words.target, words.at(0)});
    if (words.deed() == "remove")
        return Command(CallCommand{words.target,
            {.method = "DELETE",
                .path = QueryPath(std::string(path)).add("path", words.at(0)).text()},
            webhookRemovedText});
    return Command(CallCommand{words.target, {.path = std::string(path)}, webhooksText});
}

Verb webhooksVerb()
{
    return {{.name = "webhooks",
                .group = group,
                .purpose = "let foreign programs post to Signalbox in their own words",
                .uses = {{.deed = "list", .meaning = "the webhooks and where they are called"},
                    {.deed = "put",
                        .words = "FILE",
                        .meaning = "add a webhook, or replace the one of the same path",
                        .offers = {{Offer::Files}}},
                    {.deed = "remove",
                        .words = "PATH",
                        .meaning = "take one away",
                        .offers = {{Offer::Webhooks}}}},
                .notes = "Keep its secret first: 'signalbox secret set NAME'.",
                .examples = {{"webhooks put payment.webhook.json", "it is called at once"},
                    {"webhooks remove 'payment/{token}'", "the path as 'list' shows it"}}},
        readWebhooks};
}

} // namespace

std::vector<Verb> eventVerbs() { return {raiseVerb(), eventsVerb(), webhooksVerb()}; }

} // namespace app
