// Answers to tasks.
#include "app/command_line/api_path.h"
#include "app/command_line/calls.h"
#include "app/command_line/commands.h"
#include "app/command_line/input_file.h"
#include "app/command_line/json_fields.h"
#include "app/command_line/printing.h"
#include "app/command_line/task_text.h"
#include "app/system_user.h"
#include "engine/wire/json_writer.h"

namespace app {
namespace {

using nlohmann::json;

/// The one open task of an instance; or the exit status, when it has been said why there is none.
std::variant<std::string, int> taskOf(const Connection &connection, const AnswerCommand &command)
{
    if (!command.task.empty())
        return command.task;
    const std::string path =
        QueryPath("/api/v1/tasks").add("limit", "1000").add("instance", command.instance).text();
    const auto page = fetched(connection, command.target, path);
    if (const int *status = std::get_if<int>(&page))
        return *status;
    const json &tasks = std::get<json>(page).at("tasks");
    if (tasks.size() == 1)
        return field(tasks.front(), "id");
    printError(tasks.empty()
                   ? "instance '" + command.instance + "' has no open task"
                   : "instance '" + command.instance + "' has several open tasks; say which");
    if (!tasks.empty())
        print(tasksText(std::get<json>(page)));
    return int{Refused};
}

/// What is answered; or the exit status, when it has been said why nothing is.
std::variant<std::string, int> outcomeOf(
    const Connection &connection, const AnswerCommand &command, const std::string &task)
{
    if (command.choice == AnswerCommand::Choice::Named)
        return command.outcome;
    const auto detail = fetched(connection, command.target, taskPath(task));
    if (const int *status = std::get_if<int>(&detail))
        return *status;
    const std::string kind =
        command.choice == AnswerCommand::Choice::Approve ? "positive" : "negative";
    for (const json &outcome : std::get<json>(detail).at("outcomes")) {
        if (field(outcome, "kind") == kind)
            return field(outcome, "name");
    }
    printError(otherOutcomesText(std::get<json>(detail), kind));
    return int{Refused};
}

ApiCall answerCall(const AnswerCommand &command, const std::string &task,
    const std::string &outcome, const engine::JsonText &data)
{
    engine::JsonObjectWriter body;
    body.text("outcome", outcome)
        .text("comment", command.comment)
        .text("by", command.by.empty() ? systemUser() : command.by)
        .value("data", data);
    ApiCall call{
        .method = "POST", .path = taskPath(task, "answer"), .body = std::move(body).finish()};
    if (!command.answerId.empty())
        call.headers.emplace_back("Idempotency-Key", command.answerId);
    return call;
}

} // namespace

int run(const AnswerCommand &command)
{
    const auto data = writtenJson(command.data);
    if (!data)
        return fail(data.error(), WrongUsage);
    const auto connection = Connection::open(command.target);
    if (!connection)
        return fail(connection.error(), NotReachable);
    const auto task = taskOf(**connection, command);
    if (const int *status = std::get_if<int>(&task))
        return *status;
    const std::string &id = std::get<std::string>(task);
    const auto outcome = outcomeOf(**connection, command, id);
    if (const int *status = std::get_if<int>(&outcome))
        return *status;
    const std::string &name = std::get<std::string>(outcome);
    return callAndSay(**connection, command.target, answerCall(command, id, name, *data),
        [&](const json &answer) {
            return "answered " + name + " to task " + id + " of " + field(answer, "instance") +
                   (answer.at("duplicate").get<bool>() ? " (it was answered so before)\n" : "\n");
        });
}

} // namespace app
