#include "app/command_line/printing.h"

#include "app/command_line/commands.h"
#include "app/command_line/table.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

namespace app {
namespace {

/// Of the first writing that failed; 0 if none did.
int firstFault = 0;

} // namespace

void print(std::string_view text)
{
    if (firstFault != 0)
        return;
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        firstFault = errno == 0 ? EIO : errno;
}

bool isPrinted() { return firstFault == 0; }

int printedOr(int status)
{
    if (firstFault == 0)
        return status;
    // Whoever has closed the pipe has read enough, as `head` does.
    if (firstFault != EPIPE)
        printError("cannot write the answer: " + std::string(std::strerror(firstFault)));
    return status == Done && firstFault != EPIPE ? int(Refused) : status;
}

void printError(std::string_view text)
{
    const std::string line = "signalbox: " + withoutControls(text) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

int fail(const engine::Error &error, int status)
{
    printError(error.message);
    return status;
}

} // namespace app
