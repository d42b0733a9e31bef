#pragma once

#include "engine/rest/http_wire.h"
#include "engine/rest/rest_service.h"
#include "tests/engine/rest/fake_door.h"

#include <boost/asio/io_context.hpp>

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// Everything behind the REST port's sockets, in one thread and without a clock: bytes go to the
/// parser as a connection would bring them, what becomes a request goes to the service, and what
/// it answers is looked at. The door behind is a fake one with an instance, a task and a key.
class HttpBytes
{
public:
    HttpBytes();

    /// `piece`: so many bytes arrive at a time, 0 for all at once. Empty if all was right, else what
    /// was not: no answer or two, an answer that is no HTTP or no JSON, a handler that threw.
    std::string feed(std::string_view bytes, std::size_t piece = 0);
    /// Status codes of the last feed(), in order.
    const std::vector<int> &statuses() const { return m_statuses; }

private:
    enum class Read { Done, Refused, Gone };

    bool takePiece(engine::HttpConnection &connection, boost::system::error_code &error);
    template<typename Done>
    boost::system::error_code parse(
        engine::HttpConnection &connection, engine::HttpParser &parser, Done isDone);
    bool serveOne(engine::HttpConnection &connection);
    bool refuse(const std::string &target, const engine::HttpFault &fault);
    std::optional<engine::RestResponse> answerOf(engine::RestRequest request);
    void look(const engine::RestResponse &response, bool withBody);
    void wrong(const std::string &what);

    FakeDoor m_door;
    engine::HttpLimits m_limits;
    engine::RestService m_service;
    engine::HttpHandler m_handler;
    std::deque<std::function<void()>> m_posted;
    boost::asio::io_context m_context; ///< runs nothing: a connection has to belong to one
    std::string_view m_bytes;          ///< that are still to come
    std::size_t m_piece = 0;
    std::vector<int> m_statuses;
    std::string m_wrong;
};

} // namespace tests
