#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

class QNetworkRequest;

namespace app {

struct HttpReply {
    int status = 0;
    std::string body;
    int retryAfter = 0; ///< seconds, of `Retry-After`; 0: it says nothing

    bool isDone() const { return status >= 200 && status < 300; }
};

/// A call to /api/v1.
struct ApiCall {
    std::string method = "GET";
    std::string path; ///< with its query, escaped
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    int patienceMs = 60'000; ///< so long may nothing come; up to 10 s: so long may it take

    bool operator==(const ApiCall &) const = default;
};

/// Where a REST port is, and its key.
struct ApiPlace {
    std::string url; ///< `http://127.0.0.1:7071`
    std::string key;
};

/// What a QNetworkAccessManager sends for a call that reads: others it might send twice.
QNetworkRequest requestFor(const ApiPlace &place, const ApiCall &call);
/// Calls and waits for the answer; never sends twice. Unavailable if there is none, InvalidArgument
/// if a header cannot be written.
engine::Result<HttpReply> callApi(const ApiPlace &place, const ApiCall &call);

} // namespace app
