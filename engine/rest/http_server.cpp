#include "engine/rest/http_server.h"

#include "engine/rest/connection_seats.h"
#include "engine/rest/http_wire.h"

#include <utility>

#include "engine/rest/await_door.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>

#include <exception>
#include <map>
#include <set>
#include <thread>
#include <vector>

namespace engine {

namespace {

// Coroutine arguments here are names, never temporaries: GCC 12 destroys some of those twice.

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

auto into(error_code &error) { return asio::redirect_error(asio::use_awaitable, error); }

} // namespace

class HttpServer::Implementation : public std::enable_shared_from_this<Implementation>
{
public:
    Implementation(HttpLimits limits, HttpHandler handler)
        : m_limits(limits)
        , m_handler(std::move(handler))
        , m_seats(limits.connections, limits.reservedConnections)
    {}

    Result<void> listen(std::uint16_t port);
    void start();
    void stop();
    std::uint16_t port() const { return m_port; }

private:
    using Held = std::shared_ptr<HttpConnection>;
    enum class After { GoOn, Close, Linger };

    error_code bind(const asio::ip::address &address, std::uint16_t port);
    void run();
    void runLater(std::chrono::milliseconds delay, std::function<void(bool)> step);
    void beginStop();
    void endWhenEmpty();
    bool makeRoom();

    asio::awaitable<void> accept(tcp::acceptor &acceptor);
    asio::awaitable<void> turnAway(Held connection);
    asio::awaitable<void> serve(Held connection);
    asio::awaitable<After> serveOne(HttpConnection &connection);
    asio::awaitable<bool> awaitRequest(HttpConnection &connection);
    asio::awaitable<After> readBody(HttpConnection &connection, HttpParser &parser);
    asio::awaitable<After> answer(
        HttpConnection &connection, HttpParser &parser, RestRequest request);
    asio::awaitable<After> refuse(
        HttpConnection &connection, const std::string &target, const HttpFault &fault);
    asio::awaitable<bool> send(
        HttpConnection &connection, const RestResponse &response, bool keepAlive, bool withBody);
    asio::awaitable<After> sendStream(
        HttpConnection &connection, const RestResponse &response, bool inChunks);
    asio::awaitable<bool> sendParts(HttpConnection &connection, bool inChunks);
    asio::awaitable<void> linger(HttpConnection &connection);

    HttpLimits m_limits;
    HttpHandler m_handler;
    ConnectionSeats m_seats;
    std::map<ConnectionSeats::Seat, HttpConnection *> m_connections;
    std::uint16_t m_port = 0;
    bool m_stopping = false;
    std::thread m_thread;
    asio::io_context m_context{1};
    std::vector<tcp::acceptor> m_acceptors;
    std::optional<asio::steady_timer> m_lastCall;
    std::set<std::shared_ptr<asio::steady_timer>> m_timers;
};

error_code HttpServer::Implementation::bind(const asio::ip::address &address, std::uint16_t port)
{
    error_code error;
    tcp::acceptor acceptor(m_context);
    const tcp::endpoint endpoint(address, port);
    acceptor.open(endpoint.protocol(), error);
#ifndef _WIN32
    // Elsewhere this would let two programs share the port.
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
#endif
    if (!error && address.is_v6())
        acceptor.set_option(asio::ip::v6_only(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (!error)
        m_acceptors.push_back(std::move(acceptor));
    return error;
}

Result<void> HttpServer::Implementation::listen(std::uint16_t port)
{
    // Any free port must be free for both addresses; a machine without IPv6 has only the first.
    constexpr int attempts = 16;
    error_code error;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        error = bind(asio::ip::address_v4::loopback(), port);
        if (error)
            break;
        m_port = m_acceptors.front().local_endpoint(error).port();
        error = bind(asio::ip::address_v6::loopback(), m_port);
        if (error != asio::error::address_in_use)
            return {};
        m_acceptors.clear();
        if (port != 0)
            break;
    }
    const std::string place = "the REST port " + std::to_string(port);
    if (error == asio::error::address_in_use)
        return Error{ErrorCode::Unavailable,
            place + " is taken by another program; choose another one, or 0 for any free one", {}};
    return Error{ErrorCode::Unavailable, place + " cannot be opened: " + error.message(), {}};
}

void HttpServer::Implementation::start()
{
    m_handler.opened(m_port, [weak = weak_from_this()](std::function<void()> task) {
        if (const auto alive = weak.lock())
            asio::post(alive->m_context, std::move(task));
    },
        [this](std::chrono::milliseconds delay, std::function<void(bool)> step) {
            runLater(delay, std::move(step));
        });
    for (auto &acceptor : m_acceptors)
        asio::co_spawn(m_context, accept(acceptor), [](const std::exception_ptr &) {});
    m_thread = std::thread([this] { run(); });
}

void HttpServer::Implementation::run()
{
    for (;;) {
        try {
            m_context.run();
            return;
        } catch (const std::exception &fault) {
            if (m_handler.log)
                m_handler.log(std::string("rest: what=") + fault.what());
        }
    }
}

void HttpServer::Implementation::stop()
{
    asio::post(m_context, [this] { beginStop(); });
    m_thread.join();
}

void HttpServer::Implementation::runLater(
    std::chrono::milliseconds delay, std::function<void(bool)> step)
{
    const auto timer = std::make_shared<asio::steady_timer>(
        m_context, m_stopping ? std::chrono::milliseconds(0) : delay);
    m_timers.insert(timer);
    timer->async_wait([this, timer, step = std::move(step)](error_code) {
        m_timers.erase(timer);
        step(m_stopping);
    });
}

void HttpServer::Implementation::beginStop()
{
    m_stopping = true;
    error_code ignored;
    for (auto &acceptor : m_acceptors)
        acceptor.close(ignored);
    for (const auto &[seat, connection] : m_connections) {
        if (!connection->inRequest)
            connection->close();
        else if (connection->stream)
            connection->stream->end();
    }
    for (const auto &timer : m_timers)
        timer->cancel();
    m_lastCall.emplace(m_context);
    m_lastCall->expires_after(m_limits.closingTime);
    m_lastCall->async_wait([this](error_code error) {
        if (!error)
            m_context.stop();
    });
    endWhenEmpty();
}

void HttpServer::Implementation::endWhenEmpty()
{
    if (m_lastCall && m_connections.empty())
        m_lastCall->cancel();
}

bool HttpServer::Implementation::makeRoom()
{
    const auto verdict = m_seats.admitOneMore();
    if (verdict.leaves)
        m_connections.at(*verdict.leaves)->close();
    return verdict.admitted;
}

asio::awaitable<void> HttpServer::Implementation::accept(tcp::acceptor &acceptor)
{
    constexpr std::chrono::milliseconds pause{50};
    while (!m_stopping) {
        error_code error;
        tcp::socket socket = co_await acceptor.async_accept(into(error));
        if (m_stopping)
            co_return;
        if (error) {
            // Out of descriptors: the longest silent client gives up its own.
            if (const auto seat = m_seats.longestSilent())
                m_connections.at(*seat)->close();
            asio::steady_timer breath(m_context, pause);
            co_await breath.async_wait(into(error));
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        const auto connection = std::make_shared<HttpConnection>(std::move(socket), m_limits.head);
        const bool admitted = makeRoom();
        asio::co_spawn(m_context, admitted ? serve(connection) : turnAway(connection),
            [](const std::exception_ptr &) {});
    }
}

asio::awaitable<void> HttpServer::Implementation::turnAway(Held connection)
{
    const RestResponse full = m_handler.refuse("/", 503, "too many connections; try again later");
    co_await send(*connection, full, false, true);
    connection->close();
}

asio::awaitable<void> HttpServer::Implementation::serve(Held connection)
{
    connection->seat = m_seats.take();
    m_connections.emplace(connection->seat, connection.get());
    After after = After::GoOn;
    try {
        while (after == After::GoOn)
            after = co_await serveOne(*connection);
        if (after == After::Linger)
            co_await linger(*connection);
    } catch (const std::exception &fault) {
        if (m_handler.log)
            m_handler.log(std::string("rest: what=") + fault.what());
    }
    connection->allowForEver();
    connection->close();
    m_connections.erase(connection->seat);
    m_seats.leave(connection->seat);
    endWhenEmpty();
}

/// Waits for the first byte of a request; false if none came.
asio::awaitable<bool> HttpServer::Implementation::awaitRequest(HttpConnection &connection)
{
    connection.inRequest = false;
    m_seats.becomesSilent(connection.seat);
    if (connection.buffer.size() > 0)
        co_return !m_stopping;
    if (m_stopping)
        co_return false;
    connection.allow(connection.isFresh ? m_limits.headTime : m_limits.idleTime);
    error_code error;
    const auto space = connection.buffer.prepare(4096);
    const std::size_t count = co_await connection.socket.async_read_some(space, into(error));
    connection.buffer.commit(count);
    // A silent newcomer is told; to one that was answered before, a word between two requests would
    // look like the answer to its next.
    if (error && connection.isFresh && connection.timedOut) {
        const std::string target = "/";
        const HttpFault fault{408, "no request arrived in time"};
        co_await refuse(connection, target, fault);
    }
    connection.isFresh = false;
    co_return !error;
}

asio::awaitable<HttpServer::Implementation::After> HttpServer::Implementation::serveOne(
    HttpConnection &connection)
{
    if (!co_await awaitRequest(connection))
        co_return After::Close;
    HttpParser parser;
    keepWithin(parser, m_limits);
    connection.allow(m_limits.headTime);
    error_code error;
    co_await http::async_read_header(connection.socket, connection.buffer, parser, into(error));
    m_seats.becomesBusy(connection.seat);
    connection.inRequest = true;
    const std::string target = httpText(parser.get().target());
    const auto fault = error ? faultOf(error, connection, parser) : faultOf(parser.get(), m_limits);
    if (fault)
        co_return co_await refuse(connection, target, *fault);
    if (error)
        co_return After::Close;

    RestRequest request = requestOf(parser.get());
    const HttpAdmission admission = m_handler.admit(request);
    if (admission.hasKey)
        m_seats.showsKey(connection.seat);
    if (admission.refusal) {
        const bool keepAlive = parser.is_done() && parser.keep_alive();
        const bool sent =
            co_await send(connection, *admission.refusal, keepAlive, request.method != "HEAD");
        co_return !sent ? After::Close : keepAlive ? After::GoOn : After::Linger;
    }
    const After body = co_await readBody(connection, parser);
    if (body != After::GoOn)
        co_return body;
    request.body = std::move(parser.get().body());
    co_return co_await answer(connection, parser, std::move(request));
}

asio::awaitable<HttpServer::Implementation::After> HttpServer::Implementation::readBody(
    HttpConnection &connection, HttpParser &parser)
{
    if (parser.is_done())
        co_return After::GoOn;
    connection.allow(m_limits.bodyTime);
    error_code error;
    const bool waitsForUs = parser.get().version() >= 11 &&
                            !parser.get()[http::field::expect].empty() &&
                            connection.buffer.size() == 0;
    if (waitsForUs) {
        constexpr std::string_view goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto line = asio::buffer(goOn.data(), goOn.size());
        co_await asio::async_write(connection.socket, line, into(error));
        if (error)
            co_return After::Close;
    }
    co_await http::async_read(connection.socket, connection.buffer, parser, into(error));
    if (!error)
        co_return After::GoOn;
    const auto fault = faultOf(error, connection, parser);
    if (!fault)
        co_return After::Close;
    const std::string target = httpText(parser.get().target());
    co_return co_await refuse(connection, target, *fault);
}

asio::awaitable<HttpServer::Implementation::After> HttpServer::Implementation::answer(
    HttpConnection &connection, HttpParser &parser, RestRequest request)
{
    connection.allowForEver();
    const bool withBody = request.method != "HEAD";
    connection.beginAnswer();
    request.isAbandoned = [weak = connection.weak_from_this()] {
        const auto alive = weak.lock();
        return !alive || alive->hasClientLeft();
    };
    const std::function<void(RestReply)> ask = [&](RestReply reply) {
        m_handler.answer(std::move(request), std::move(reply));
    };
    const RestResponse response = co_await awaitDoor<RestResponse>(ask);
    if (response.stream && withBody)
        co_return co_await sendStream(connection, response, parser.get().version() >= 11);
    connection.endAnswer();
    const bool keepAlive = parser.keep_alive() && !m_stopping;
    const bool sent = co_await send(connection, response, keepAlive, withBody);
    co_return sent &&keepAlive ? After::GoOn : After::Close;
}

/// The connection cannot go on: where the next request would begin is not known.
asio::awaitable<HttpServer::Implementation::After> HttpServer::Implementation::refuse(
    HttpConnection &connection, const std::string &target, const HttpFault &fault)
{
    const RestResponse response = m_handler.refuse(target, fault.status, fault.detail);
    const bool sent = co_await send(connection, response, false, true);
    co_return sent ? After::Linger : After::Close;
}

asio::awaitable<bool> HttpServer::Implementation::send(
    HttpConnection &connection, const RestResponse &response, bool keepAlive, bool withBody)
{
    const auto message = httpMessage(response, keepAlive, withBody);
    connection.allow(m_limits.bodyTime);
    error_code error;
    co_await http::async_write(connection.socket, message, into(error));
    co_return !error;
}

asio::awaitable<HttpServer::Implementation::After> HttpServer::Implementation::sendStream(
    HttpConnection &connection, const RestResponse &response, bool inChunks)
{
    auto head = httpStreamHead(response, inChunks);
    http::response_serializer<http::empty_body> serializer(head);
    connection.allow(m_limits.bodyTime);
    error_code error;
    co_await http::async_write_header(connection.socket, serializer, into(error));
    if (error)
        co_return After::Close;
    connection.allowForEver();
    connection.stream = response.stream;
    if (m_stopping || connection.hasClientLeft())
        connection.stream->end();
    const bool whole = co_await sendParts(connection, inChunks);
    connection.beat.cancel();
    connection.stream.reset();
    co_return whole ? After::Linger : After::Close;
}

/// One at a time, each when the client has taken the one before; false if it did not take one.
asio::awaitable<bool> HttpServer::Implementation::sendParts(
    HttpConnection &connection, bool inChunks)
{
    const std::function<void(RestStream::Next)> pull = [&connection](RestStream::Next next) {
        connection.stream->pull(std::move(next));
    };
    error_code error;
    for (;;) {
        connection.watchStream(m_limits.beatTime);
        const auto part = co_await awaitDoor<std::optional<std::string>>(pull);
        if (!part)
            break;
        connection.allow(m_limits.bodyTime);
        const auto text = asio::buffer(*part);
        if (inChunks)
            co_await asio::async_write(connection.socket, http::make_chunk(text), into(error));
        else
            co_await asio::async_write(connection.socket, text, into(error));
        if (error)
            co_return false;
        connection.allowForEver();
    }
    if (inChunks) {
        connection.allow(m_limits.bodyTime);
        co_await asio::async_write(connection.socket, http::make_chunk_last(), into(error));
    }
    co_return !error;
}

/// Closing at once would make the client's system throw our answer away while it still sends.
asio::awaitable<void> HttpServer::Implementation::linger(HttpConnection &connection)
{
    error_code error;
    connection.socket.shutdown(tcp::socket::shutdown_send, error);
    connection.inRequest = false;
    m_seats.becomesSilent(connection.seat);
    connection.allow(m_limits.lingerTime);
    std::vector<char> dropped(64 * 1024);
    while (!error)
        co_await connection.socket.async_read_some(asio::buffer(dropped), into(error));
}

Result<std::unique_ptr<HttpServer>> HttpServer::open(
    std::uint16_t port, HttpLimits limits, HttpHandler handler)
{
    auto implementation = std::make_shared<Implementation>(limits, std::move(handler));
    if (auto listening = implementation->listen(port); !listening)
        return listening.error();
    implementation->start();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(implementation)));
}

HttpServer::HttpServer(std::shared_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{}

HttpServer::~HttpServer() { m_implementation->stop(); }

std::uint16_t HttpServer::port() const { return m_implementation->port(); }

} // namespace engine
