#include "app/command_line/run.h"

#include "app/command_line/commands.h"
#include "app/command_line/help.h"
#include "app/command_line/printing.h"
#include "app/command_line/verbs.h"
#include "engine/base/overloaded.h"

#include <QCoreApplication>

namespace app {

int runWithoutWindow(const Command &command, std::span<char *> arguments)
{
    int count = static_cast<int>(arguments.size());
    const QCoreApplication application(count, arguments.data());
    const int status =
        std::visit(engine::Overloaded{
                       [](const WindowCommand &) -> int { return WrongUsage; }, // main() opens it
                       [](const HelpCommand &help) -> int {
                           print(helpText(help.verb));
                           return Done;
                       },
                       [](const VersionCommand &) -> int {
                           print(versionText());
                           return Done;
                       },
                       [](const auto &other) -> int { return run(other); },
                   },
            command);
    return printedOr(status);
}

int sayWrongUsage(const engine::Error &error, std::string_view verb)
{
    printError(error.message);
    printError(verbNamed(verb)
                   ? "'signalbox help " + std::string(verb) + "' tells how it is written"
                   : std::string("'signalbox help' lists the commands"));
    return WrongUsage;
}

} // namespace app
