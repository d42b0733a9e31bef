#include "app/command_line/commands.h"
#include "app/command_line/printing.h"
namespace app {
int run(const CompletionCommand &) { return Done; }
int run(const CompleteCommand &) { return Done; }
int run(const ManualCommand &) { return Done; }
} // namespace app
