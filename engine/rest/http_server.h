#pragma once

#include "engine/base/result.h"
#include "engine/rest/rest_message.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace engine {

/// What one caller may take of us (http-api.md C4).
struct HttpLimits {
    std::size_t head = 16 * 1024;
    std::size_t url = 8 * 1024;
    std::size_t body = 1024 * 1024;
    std::size_t connections = 1024;
    std::size_t reservedConnections = 16; ///< of them, for callers that have shown a key
    std::chrono::milliseconds headTime{10'000};
    std::chrono::milliseconds idleTime{30'000};   ///< between two requests
    std::chrono::milliseconds bodyTime{60'000};   ///< to send a body, and to take an answer or a part of a stream
    std::chrono::milliseconds lingerTime{2'000};  ///< to read our last words while still sending
    std::chrono::milliseconds beatTime{15'000};   ///< of silence in a stream before it says so
    std::chrono::milliseconds closingTime{5'000}; ///< for answers in flight when the server ends
};

/// What the server asks about a head, before it takes the body.
struct HttpAdmission {
    std::optional<RestResponse> refusal;
    bool hasKey = false;
};

/// The other side of the server. All are called on its thread.
struct HttpHandler {
    std::function<HttpAdmission(RestRequest &head)> admit;
    /// Calls `reply` once, at once or later, on the server's thread.
    std::function<void(RestRequest request, RestReply reply)> answer;
    /// The answer to what never became a request: too large, too slow, no HTTP.
    std::function<RestResponse(const std::string &target, int status, const std::string &detail)>
        refuse;
    /// Before the first request: which port it became, and the ways back to the server's thread.
    std::function<void(std::uint16_t port, RestPost post, RestLater later)> opened;
    std::function<void(const std::string &line)> log; ///< may be empty
};

/// HTTP/1.1 on 127.0.0.1 and ::1: a coroutine a connection, one thread, every limit. Knows nothing
/// of routes. Answers in the order of the requests (pipelining), keeps connections alive.
class HttpServer
{
public:
    /// Port 0 takes any free one. Unavailable, naming the port, if it is taken.
    static Result<std::unique_ptr<HttpServer>> open(
        std::uint16_t port, HttpLimits limits, HttpHandler handler);
    /// Stops accepting, answers what is in flight, closes.
    ~HttpServer();

    std::uint16_t port() const;

private:
    class Implementation;
    explicit HttpServer(std::shared_ptr<Implementation> implementation);

    /// Shared with post(): other threads may still hold it when the server goes.
    std::shared_ptr<Implementation> m_implementation;
};

} // namespace engine
