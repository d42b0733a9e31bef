#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace load {

/// HTTP/1.1 connections to one port, kept alive, all on the calling thread: a request at a time on
/// each. Cheap, so that the server is what is measured: it looks at status and length of an answer
/// and at nothing else. Throws std::runtime_error when a connection breaks.
class RestClient
{
public:
    /// `answered(connection, status)`.
    using Answered = std::function<void(int, int)>;

    RestClient(int port, int connections);
    ~RestClient();
    RestClient(const RestClient &) = delete;
    RestClient &operator=(const RestClient &) = delete;

    /// A POST with a body of JSON.
    void post(int connection, std::string_view path, std::string_view key, std::string_view body);
    /// Sleeps until an answer or a wake() comes, and hands on what has come.
    void poll(const Answered &answered);
    /// Any thread.
    void wake() const;

private:
    void connectOne(int port);
    void read(int connection, const Answered &answered);

    int m_port;
    int m_epoll;
    int m_wake;
    std::vector<int> m_sockets;
    std::vector<std::string> m_received; ///< of the answer that is coming
    std::string m_request;
};

} // namespace load
