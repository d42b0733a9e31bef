#include "app/arguments.h"
#include "app/command_line/run.h"
#include "app/window_program.h"

int main(int argc, char **argv)
{
    const auto command = app::commandFrom({argv + 1, argv + argc});
    if (!command)
        return app::sayWrongUsage(command.error(), argc > 1 ? argv[1] : "");
    const std::span<char *> arguments(argv, static_cast<std::size_t>(argc));
    if (const auto *window = std::get_if<app::WindowCommand>(&*command))
        return app::runWindow(*window, arguments);
    return app::runWithoutWindow(*command, arguments);
}
