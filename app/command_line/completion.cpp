#include "app/command_line/commands.h"
#include "app/command_line/completion_scripts.h"
#include "app/command_line/live_words.h"
#include "app/command_line/printing.h"
#include "app/command_line/table.h"

#include <set>

namespace app {

int run(const CompletionCommand &command)
{
    print(command.shell == "bash" ? bashCompletion() : zshCompletion());
    return Done;
}

/// A line for each word, with a tab before what it is, and at the end whether files are meant, too.
int run(const CompleteCommand &command)
{
    const Completion completion = completionOf(command.words, liveWords);
    std::set<std::string> said;
    for (const Candidate &one : completion.candidates) {
        // A name that no shell could write in a line.
        if (oneLine(one.word) != one.word || !said.insert(one.word).second)
            continue;
        print(one.word + "\t" + oneLine(one.meaning) + "\n");
    }
    switch (completion.files) {
    case Completion::Files::None: print(":none\n"); break;
    case Completion::Files::Any: print(":files\n"); break;
    case Completion::Files::Directories: print(":directories\n"); break;
    }
    return Done;
}

} // namespace app
