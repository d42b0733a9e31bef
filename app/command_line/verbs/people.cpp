// Answers to tasks.
#include "app/command_line/api_path.h"
#include "app/command_line/done_text.h"
#include "app/command_line/task_text.h"
#include "app/command_line/verbs/groups.h"
#include "app/system_user.h"
#include "engine/base/json_text.h"
#include "engine/wire/json_writer.h"

namespace app {
namespace {

using engine::JsonObjectWriter;
using engine::Result;

constexpr std::string_view group = "People";

Result<Command> readAnswer(const VerbWords &words)
{
    const std::string_view verb = words.verb->name;
    const bool isNamed = verb == "answer";
    const bool byInstance = words.has("--instance");
    return Command(AnswerCommand{.target = words.target,
        .choice = isNamed             ? AnswerCommand::Choice::Named
                  : verb == "approve" ? AnswerCommand::Choice::Approve
                                      : AnswerCommand::Choice::Reject,
        .task = byInstance ? std::string() : words.at(0),
        .instance = words.value("--instance"),
        .outcome = isNamed ? words.at(byInstance ? 0 : 1) : std::string(),
        .comment = words.value("--comment"),
        .data = words.value("--form"),
        .by = words.value("--by"),
        .answerId = words.value("--answer-id")});
}

Verb answerVerb(std::string_view name, std::string_view purpose, std::vector<ExampleForm> examples)
{
    const bool isNamed = name == "answer";
    return {{.name = name,
                .group = group,
                .purpose = purpose,
                .uses = {{.words = isNamed ? "TASK OUTCOME" : "TASK",
                             .offers = {{Offer::Tasks}, {Offer::Outcomes}},
                             .shown = "[OPTIONS]"},
                    {.words = isNamed ? "OUTCOME" : "",
                        .options = "--instance",
                        .shown = "--instance ID [OPTIONS]"}},
                .options = {{"--instance", "ID",
                                "in place of TASK: the one that this instance waits for",
                                {Offer::Instances, "Running"}},
                    {"--comment", "TEXT", "why"},
                    {"--form", "JSON",
                        "what the task's form asks for, or @FILE to read it from a file"},
                    {"--by", "NAME", "who answers (default: you)"},
                    {"--answer-id", "ID", "the same id again has no second effect"}},
                .examples = std::move(examples)},
        readAnswer};
}

Result<Command> readList(const VerbWords &words)
{
    QueryPath path("/api/v1/tasks");
    path.add("limit", "1000")
        .add("assignee", words.value("--assignee"))
        .add("flow", words.value("--flow"))
        .add("instance", words.value("--instance"))
        .add("dueBefore", words.value("--due-before"));
    return Command(CallCommand{words.target, {.path = path.text()}, tasksText});
}

std::string whoever(const VerbWords &words)
{
    return words.has("--by") ? words.value("--by") : systemUser();
}

std::string reassignBody(const VerbWords &words)
{
    std::vector<std::string> names;
    for (std::size_t i = 1; i < words.count(); ++i)
        names.push_back(words.at(i));
    JsonObjectWriter body;
    if (words.has("--from"))
        body.text("from", words.value("--from"));
    body.raw("to", engine::JsonText::ofStrings(names).text());
    body.text("reason", words.value("--reason"));
    return std::move(body).finish();
}

std::string commentBody(const VerbWords &words)
{
    JsonObjectWriter body;
    body.text("text", words.at(1)).text("by", whoever(words));
    body.boolean("question", words.has("--question"));
    return std::move(body).finish();
}

Result<Command> readTasks(const VerbWords &words)
{
    const std::string_view deed = words.deed();
    const std::string task = words.at(0);
    if (deed == "list")
        return readList(words);
    if (deed == "show")
        return Command(CallCommand{words.target, {.path = taskPath(task)}, taskText});
    if (deed == "give-back")
        return Command(CallCommand{
            words.target, {.method = "DELETE", .path = taskPath(task, "claim")}, taskDoneText});
    ApiCall call{.method = "POST"};
    if (deed == "claim") {
        JsonObjectWriter body;
        body.text("by", whoever(words));
        call.path = taskPath(task, "claim");
        call.body = std::move(body).finish();
    } else if (deed == "reassign") {
        call.path = taskPath(task, "reassign");
        call.body = reassignBody(words);
    } else {
        call.path = taskPath(task, "comments");
        call.body = commentBody(words);
    }
    return Command(CallCommand{words.target, std::move(call), taskDoneText});
}

std::vector<UseForm> taskUses()
{
    const std::vector<WordForm> task{{Offer::Tasks}};
    return {{.deed = "list", .meaning = "what people have to answer, what is due first"},
        {.deed = "show",
            .words = "TASK",
            .meaning = "its text, outcomes, form and history",
            .offers = task},
        {.deed = "claim", .words = "TASK", .meaning = "say that you do it", .offers = task},
        {.deed = "give-back", .words = "TASK", .meaning = "say that you do not", .offers = task},
        {.deed = "reassign", .words = "TASK NAME…", .meaning = "ask others", .offers = task},
        {.deed = "comment",
            .words = "TASK TEXT",
            .meaning = "write a note beside it",
            .offers = task}};
}

Verb tasksVerb()
{
    return {
        {.name = "tasks",
            .group = group,
            .purpose = "what people have to answer",
            .uses = taskUses(),
            .options = {{"--assignee", "NAME", "only what this person is asked", {}, "list"},
                {"--flow", "FLOW", "of this flow only", {Offer::Flows}, "list"},
                {"--instance", "ID", "of this instance only", {Offer::Instances, "Running"},
                    "list"},
                {"--due-before", "TIME", "due before 2026-01-31T23:59:59Z", {}, "list"},
                {"--by", "NAME", "who does it (default: you)", {}, "claim comment"},
                {"--from", "NAME", "in place of this one (default: of all that are asked)", {},
                    "reassign"},
                {"--reason", "TEXT", "why", {}, "reassign"},
                {"--question", {}, "it is a question to whoever started it", {}, "comment"}},
            .examples = {{"tasks --assignee mara", "what waits for mara"},
                {"tasks reassign 17-5 tom --from mara --reason 'on holiday'", "ask tom instead"}}},
        readTasks};
}

} // namespace

std::vector<Verb> peopleVerbs()
{
    return {tasksVerb(),
        answerVerb("approve", "answer a task with its positive outcome",
            {{"approve 17-5 --comment 'fine'", "by the number that 'tasks' shows"},
                {"approve --instance order-7", "by the instance that waits for it"}}),
        answerVerb("reject", "answer a task with its negative outcome",
            {{"reject 17-5 --comment 'too much'", "many tasks ask for a comment"}}),
        answerVerb("answer", "answer a task with any of its outcomes",
            {{"answer 17-5 later --form @form.json", "with what its form asks for"}})};
}

} // namespace app
