#pragma once

#include "engine/rest/connection_seats.h"
#include "engine/rest/rest_stream.h"

#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace engine {

/// One client. Its coroutine owns it; the list of connections only looks.
struct HttpConnection : std::enable_shared_from_this<HttpConnection> {
    HttpConnection(boost::asio::ip::tcp::socket &&accepted, std::size_t largestHead)
        : socket(std::move(accepted))
        , buffer(2 * largestHead)
        , clock(socket.get_executor())
        , beat(socket.get_executor())
        , headLimit(largestHead)
    {}

    boost::asio::ip::tcp::socket socket;
    boost::beast::flat_buffer buffer;
    boost::asio::steady_timer clock;
    boost::asio::steady_timer beat;
    std::shared_ptr<RestStream> stream; ///< that is being sent
    std::size_t headLimit;
    ConnectionSeats::Seat seat = 0;
    std::uint64_t period = 0; ///< which deadline runs; an older one that fires late is void
    bool timedOut = false;
    bool inRequest = false;
    bool isFresh = true; ///< has not sent a byte yet
    std::uint64_t answering = 0; ///< which answer is being made; nobody reads meanwhile
    bool isWatched = false;      ///< whether the client goes while it is made
    bool clientLeft = false;

    /// Whatever the socket does is broken off after `limit`.
    void allow(std::chrono::milliseconds limit)
    {
        timedOut = false;
        clock.expires_after(limit);
        clock.async_wait(
            [weak = weak_from_this(), mine = ++period](boost::system::error_code error) {
                const auto self = weak.lock();
                if (error || !self || self->period != mine)
                    return;
                self->timedOut = true;
                boost::system::error_code ignored;
                self->socket.cancel(ignored);
            });
    }
    void allowForEver()
    {
        ++period;
        clock.cancel();
        timedOut = false;
    }
    /// While a part of the stream is awaited: silence is broken after `silence`, and a client that goes is
    /// noticed.
    void watchStream(std::chrono::milliseconds silence)
    {
        beat.expires_after(silence);
        beat.async_wait([weak = weak_from_this()](boost::system::error_code error) {
            const auto self = weak.lock();
            if (!error && self && self->stream)
                self->stream->beat();
        });
    }
    void beginAnswer()
    {
        ++answering;
        isWatched = false;
        clientLeft = false;
    }
    void endAnswer() { ++answering; }
    /// While an answer is being made. The first question begins to watch; few answers ask.
    bool hasClientLeft()
    {
        if (!isWatched)
            watchClient();
        return clientLeft;
    }
    void watchClient()
    {
        isWatched = true;
        socket.async_wait(boost::asio::ip::tcp::socket::wait_read,
            [weak = weak_from_this(), mine = answering](boost::system::error_code error) {
                const auto self = weak.lock();
                boost::system::error_code fault;
                // Readable and empty: the client has gone. What it says otherwise is not for now.
                if (!self || self->answering != mine ||
                    !(error || self->socket.available(fault) == 0))
                    return;
                self->clientLeft = true;
                if (self->stream)
                    self->stream->end();
            });
    }
    void close()
    {
        boost::system::error_code ignored;
        socket.close(ignored);
    }
};

} // namespace engine
