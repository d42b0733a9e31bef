#include "app/command_line/commands.h"

#include "app/command_line/data_directory.h"
#include "app/command_line/printing.h"
#include "engine/secret_store.h"

#include <iostream>
#include <iterator>

#include <termios.h>
#include <unistd.h>

namespace app {

namespace {

using engine::SecretStore;

/// While it lives, a terminal does not show what is typed.
class NoEcho
{
public:
    NoEcho()
    {
        m_changed = ::isatty(STDIN_FILENO) != 0 && ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_changed)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~NoEcho()
    {
        if (m_changed)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    bool isTerminal() const { return m_changed; }

private:
    termios m_before{};
    bool m_changed = false;
};

/// All of standard input without the end of its last line; one line of a terminal.
std::string writtenValue(const std::string &name)
{
    const NoEcho silence;
    std::string value;
    if (silence.isTerminal()) {
        printError("type the value of '" + name + "' and press Enter; it is not shown");
        std::getline(std::cin, value);
        return value;
    }
    value.assign(std::istreambuf_iterator<char>(std::cin), {});
    if (value.ends_with('\n'))
        value.pop_back();
    if (value.ends_with('\r'))
        value.pop_back();
    return value;
}

int said(const engine::Result<void> &done)
{
    return done ? int(Done) : fail(done.error(), Refused);
}

} // namespace

int run(const SecretCommand &command)
{
    const SecretStore store(dataDirectory(command.data));
    switch (command.deed) {
    case SecretCommand::Deed::Set:
        return said(store.set(command.name, writtenValue(command.name),
            command.file ? SecretStore::Keychain::Never : SecretStore::Keychain::IfItRuns));
    case SecretCommand::Deed::Remove: return said(store.remove(command.name));
    case SecretCommand::Deed::List: break;
    }
    const auto names = store.names();
    if (!names)
        return fail(names.error(), Refused);
    for (const std::string &name : *names)
        print(name + "\n");
    return Done;
}

} // namespace app
