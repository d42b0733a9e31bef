#include "app/arguments.h"
#include "app/command_line/run.h"

int main(int argc, char **argv)
{
    const auto command = app::commandFrom({argv + 1, argv + argc});
    if (!command)
        return app::sayWrongUsage(command.error());
    return app::runWithoutWindow(*command, {argv, static_cast<std::size_t>(argc)});
}
