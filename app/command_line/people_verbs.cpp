// What people and operators write: answers to tasks, and what is done to an instance.
#include "app/command_line/verb_words.h"

namespace app {
namespace {

using engine::Result;

Result<Command> answered(Words rest, const std::string &verb, AnswerCommand::Choice choice)
{
    const bool isNamed = choice == AnswerCommand::Choice::Named;
    const std::string form = "signalbox " + verb + " TASK" + (isNamed ? " OUTCOME" : "") +
                             ", or with --instance ID in place of TASK";
    const auto words = sorted(rest,
        withTarget({{"--instance"}, {"--comment"}, {"--form"}, {"--by"}, {"--answer-id"}}),
        {0, std::size_t{2}, form});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{verb});
    const bool byInstance = words->has("--instance");
    const auto &said = words->positions;
    if (said.size() != (byInstance ? 0u : 1u) + (isNamed ? 1u : 0u))
        return usage("expected: " + form);
    return Command(AnswerCommand{.target = targetFrom(*words),
        .choice = choice,
        .task = byInstance ? std::string() : said.front(),
        .instance = words->value("--instance"),
        .outcome = isNamed ? said.back() : std::string(),
        .comment = words->value("--comment"),
        .data = words->value("--form"),
        .by = words->value("--by"),
        .answerId = words->value("--answer-id")});
}

Result<Command> operated(Words rest, const std::string &verb)
{
    const std::string form = "signalbox " + verb + " ID [--reason TEXT]";
    const auto words = sorted(rest, withTarget({{"--reason"}}), {1, 1, form});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{verb});
    return Command(OperateCommand{targetFrom(*words), verb, words->positions[0],
        words->value("--reason")});
}

} // namespace

Result<Command> tasksFrom(Words rest)
{
    const auto words = sorted(rest, withTarget({{"--assignee"}, {"--flow"}, {"--instance"}}),
        {0, 0, "signalbox tasks [--assignee NAME] [--flow FLOW] [--instance ID]"});
    if (!words)
        return words.error();
    if (words->has("--help"))
        return Command(HelpCommand{"tasks"});
    return Command(TasksCommand{targetFrom(*words), words->value("--assignee"),
        words->value("--flow"), words->value("--instance")});
}

Result<Command> approveFrom(Words rest)
{
    return answered(rest, "approve", AnswerCommand::Choice::Approve);
}

Result<Command> rejectFrom(Words rest)
{
    return answered(rest, "reject", AnswerCommand::Choice::Reject);
}

Result<Command> answerFrom(Words rest)
{
    return answered(rest, "answer", AnswerCommand::Choice::Named);
}

Result<Command> suspendFrom(Words rest) { return operated(rest, "suspend"); }

Result<Command> resumeFrom(Words rest) { return operated(rest, "resume"); }

Result<Command> terminateFrom(Words rest) { return operated(rest, "terminate"); }

Result<Command> retryFrom(Words rest) { return operated(rest, "retry"); }

} // namespace app
