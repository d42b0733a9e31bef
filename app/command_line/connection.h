#pragma once

#include "app/arguments.h"
#include "app/command_line/http_client.h"
#include "engine/base/result.h"

#include <memory>
#include <optional>

namespace app {

/// The Signalbox a command talks to, always by its API: the one at an address, the one that runs on
/// a data directory, or one opened here for as long as this lives.
class Connection
{
public:
    /// Unavailable if there is none to be had: nobody answers, the directory cannot be opened.
    static engine::Result<std::unique_ptr<Connection>> open(const Target &target);
    ~Connection();

    engine::Result<HttpReply> call(const ApiCall &call) const { return callApi(m_place, call); }
    /// Where it is.
    const ApiPlace &place() const { return m_place; }
    /// Looks again where the Signalbox of the directory runs: it may have come back at another
    /// port.
    void findAgain();

    /// The Signalbox that answers already, within `patienceMs`; nothing is opened.
    static std::optional<ApiPlace> running(const Target &target, int patienceMs);

private:
    struct OwnEngine;
    Connection(ApiPlace place, std::string directory, std::unique_ptr<OwnEngine> own);
    static engine::Result<std::unique_ptr<Connection>> openEngine(const std::string &directory);

    ApiPlace m_place;
    std::string m_directory; ///< of one that runs; else empty
    std::unique_ptr<OwnEngine> m_own;
};

} // namespace app
