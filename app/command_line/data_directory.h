#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace app {

/// `written`, or where this system keeps the user's data of programs.
std::string dataDirectory(const std::string &written);

/// The key kept in the file `key` of a directory. Unavailable if it cannot be read, NotFound if
/// there is none.
engine::Result<std::string> keptKey(const std::string &directory);
/// The same; without one, a new key is made and kept for the user alone. Only for whoever owns the
/// directory (has its engine open).
engine::Result<std::string> keptOrNewKey(const std::string &directory);

/// A Signalbox that runs, as the file `server.json` of its directory says.
struct RunningServer {
    std::string url;
    std::string hub;
    std::int64_t pid = 0;
    std::string key; ///< only if it is another than the one kept in the directory

    bool operator==(const RunningServer &) const = default;
};

/// Nothing if there is no such file. It may be stale: its writer may have been killed.
std::optional<RunningServer> runningServer(const std::string &directory);

/// Tells other commands where we run, for as long as it lives. For the user alone.
class ServerFile
{
public:
    static engine::Result<ServerFile> write(
        const std::string &directory, const RunningServer &server);
    ServerFile(ServerFile &&other) noexcept;
    ServerFile &operator=(ServerFile &&) = delete;
    ~ServerFile();

private:
    explicit ServerFile(std::string path)
        : m_path(std::move(path))
    {}

    std::string m_path;
};

} // namespace app
