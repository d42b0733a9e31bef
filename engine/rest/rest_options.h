#pragma once

#include "engine/base/json_text.h"
#include "engine/rest/http_server.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>

namespace engine {

struct RestOptions {
    std::uint16_t port = 0; ///< 0: any free one
    std::string hub = "signalbox";
    std::string key;                  ///< empty: nobody has one, and only /health answers
    std::string keyLabel = "default"; ///< who the history says it was
    bool rpc = false;                 ///< the prefix /durabletask/ answers without a key
    std::set<std::string> hosts;      ///< further names in `Host`, lower case
    HttpLimits limits;
    std::size_t streams = 64; ///< readers of the stream at a time
    JsonLimits payload;
    std::function<void(const std::string &line)> log; ///< on the server's thread; may be empty
};

} // namespace engine
