#include "app/system_user.h"

#include <QString>

#include <array>

#include <pwd.h>
#include <unistd.h>

namespace app {

std::string systemUser()
{
    if (std::string name = qEnvironmentVariable("USER").toStdString(); !name.empty())
        return name;
    std::array<char, 16'384> room{}; // where no login has set it, as in a service
    passwd entry{};
    passwd *found = nullptr;
    const int fault = getpwuid_r(geteuid(), &entry, room.data(), room.size(), &found);
    return fault == 0 && found ? found->pw_name : std::string();
}

} // namespace app
