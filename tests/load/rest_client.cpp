#include "tests/load/rest_client.h"

#include "tests/load/running_engine.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>

namespace load {
namespace {

constexpr int wakeMark = -1;

void check(int result, const char *what)
{
    if (result < 0)
        fail(std::string(what) + ": " + std::strerror(errno));
}

void watch(int epoll, int descriptor, int mark)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = mark;
    check(epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event), "epoll");
}

/// The status, once the whole answer is there.
std::optional<int> statusOf(std::string_view answer)
{
    constexpr std::string_view length = "\r\nContent-Length: ";
    const auto head = answer.find("\r\n\r\n");
    if (head == std::string_view::npos)
        return {};
    std::size_t body = 0;
    if (const auto at = answer.substr(0, head).find(length); at != std::string_view::npos)
        std::from_chars(answer.data() + at + length.size(), answer.data() + head, body);
    if (answer.size() < head + 4 + body)
        return {};
    int status = 0;
    std::from_chars(answer.data() + 9, answer.data() + 12, status);
    return status;
}

} // namespace

RestClient::RestClient(int port, int connections)
    : m_port(port)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , m_received(std::size_t(connections))
{
    check(m_epoll, "epoll");
    check(m_wake, "eventfd");
    watch(m_epoll, m_wake, wakeMark);
    while (int(m_sockets.size()) < connections)
        connectOne(port);
}

RestClient::~RestClient()
{
    for (const int socket : m_sockets)
        close(socket);
    close(m_wake);
    close(m_epoll);
}

void RestClient::connectOne(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(socket, "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), "connect");
    const int on = 1;
    check(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
    watch(m_epoll, socket, int(m_sockets.size()));
    m_sockets.push_back(socket);
}

void RestClient::post(
    int connection, std::string_view path, std::string_view key, std::string_view body)
{
    m_request.clear();
    m_request.append("POST ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    m_request.append(std::to_string(m_port)).append("\r\nx-functions-key: ").append(key);
    m_request.append("\r\nContent-Type: application/json\r\nContent-Length: ");
    m_request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    const auto sent = send(
        m_sockets.at(std::size_t(connection)), m_request.data(), m_request.size(), MSG_NOSIGNAL);
    if (sent != ssize_t(m_request.size()))
        fail("the server does not take a request");
}

void RestClient::poll(const Answered &answered)
{
    std::array<epoll_event, 128> events{};
    const int count = epoll_wait(m_epoll, events.data(), int(events.size()), -1);
    for (int i = 0; i < count; ++i) {
        const int mark = events.at(std::size_t(i)).data.fd;
        if (mark != wakeMark) {
            read(mark, answered);
            continue;
        }
        std::uint64_t ignored = 0;
        (void)!::read(m_wake, &ignored, sizeof ignored);
    }
}

void RestClient::wake() const
{
    const std::uint64_t one = 1;
    (void)!write(m_wake, &one, sizeof one);
}

void RestClient::read(int connection, const Answered &answered)
{
    std::array<char, 8192> bytes; // NOLINT: filled by recv
    const auto count =
        recv(m_sockets.at(std::size_t(connection)), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count <= 0)
        fail("the server closed a connection");
    std::string &received = m_received.at(std::size_t(connection));
    received.append(bytes.data(), std::size_t(count));
    const auto status = statusOf(received);
    if (!status)
        return;
    received.clear();
    answered(connection, *status);
}

} // namespace load
