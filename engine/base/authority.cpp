#include "engine/base/authority.h"

#include <algorithm>

namespace engine {

std::string authorityOf(const std::string &url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos)
        return {};
    std::string host = url.substr(scheme + 3);
    host.erase(std::min(host.find_first_of("/?#"), host.size()));
    host.erase(0, host.rfind('@') + 1);
    std::ranges::transform(host, host.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? char(letter - 'A' + 'a') : letter;
    });
    return host;
}

} // namespace engine
