#include "app/command_line/printing.h"

#include <cstdio>
#include <string>

namespace app {

void print(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void printError(std::string_view text)
{
    const std::string line = "signalbox: " + std::string(text) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

int fail(const engine::Error &error, int status)
{
    printError(error.message);
    return status;
}

} // namespace app
