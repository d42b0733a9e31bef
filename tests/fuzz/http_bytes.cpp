#include "tests/fuzz/http_bytes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>
#include <utility>

namespace tests {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using namespace engine;

RestOptions options(std::string &wrong)
{
    RestOptions options;
    options.key = "secret";
    options.rpc = true;
    options.log = [&wrong](const std::string &line) {
        if (line.find("what=") != std::string::npos)
            wrong = "a handler threw: " + line;
    };
    return options;
}

std::string textOf(const HttpMessage &message)
{
    std::ostringstream text;
    text << message;
    return text.str();
}

bool isJson(const RestResponse &response)
{
    const std::string *type = findHeader(response.headers, "Content-Type");
    return type && type->find("json") != std::string::npos;
}

} // namespace

HttpBytes::HttpBytes()
    : m_service(options(m_wrong), m_door.door())
    , m_handler(m_service.handler())
{
    m_door.add("a", InstanceStatus::Running);
    m_door.add("done", InstanceStatus::Completed);
    m_handler.opened(
        7171, [this](std::function<void()> task) { m_posted.push_back(std::move(task)); },
        [this](std::chrono::milliseconds, std::function<void(bool)> step) {
            m_posted.push_back([step = std::move(step)] { step(true); }); // as if the server ended
        });
}

std::string HttpBytes::feed(std::string_view bytes, std::size_t piece)
{
    m_bytes = bytes;
    m_piece = piece == 0 ? bytes.size() : piece;
    m_statuses.clear();
    m_wrong.clear();
    HttpConnection connection(boost::asio::ip::tcp::socket(m_context), m_limits.head);
    while (m_wrong.empty() && serveOne(connection)) {
    }
    return m_wrong;
}

/// False at the end of the bytes.
bool HttpBytes::takePiece(HttpConnection &connection, error_code &error)
{
    const std::size_t room = connection.buffer.max_size() - connection.buffer.size();
    const std::size_t count = std::min({m_bytes.size(), m_piece, room});
    if (room == 0)
        error = http::error::buffer_overflow;
    if (count == 0)
        return false;
    const auto place = connection.buffer.prepare(count);
    std::copy_n(m_bytes.data(), count, static_cast<char *>(place.data()));
    connection.buffer.commit(count);
    m_bytes.remove_prefix(count);
    return true;
}

template<typename Done>
error_code HttpBytes::parse(HttpConnection &connection, HttpParser &parser, Done isDone)
{
    error_code error;
    while (!isDone()) {
        if (connection.buffer.size() == 0 && !takePiece(connection, error))
            return http::error::end_of_stream;
        connection.buffer.consume(parser.put(connection.buffer.data(), error));
        if (error == http::error::need_more) {
            error = {};
            if (!takePiece(connection, error))
                return error ? error : http::error::partial_message;
        }
        if (error)
            return error;
    }
    return error;
}

/// As the server does with a connection; false when it is over.
bool HttpBytes::serveOne(HttpConnection &connection)
{
    HttpParser parser;
    keepWithin(parser, m_limits);
    parser.eager(false);
    auto error = parse(connection, parser, [&] { return parser.is_header_done(); });
    const std::string target = httpText(parser.get().target());
    if (const auto fault = error ? faultOf(error, connection, parser) : faultOf(parser.get(), m_limits))
        return refuse(target, *fault);
    if (error)
        return false;
    RestRequest request = requestOf(parser.get());
    const bool withBody = request.method != "HEAD";
    if (const auto admission = m_handler.admit(request); admission.refusal) {
        look(*admission.refusal, withBody);
        return parser.is_done() && parser.keep_alive();
    }
    parser.eager(true);
    error = parse(connection, parser, [&] { return parser.is_done(); });
    if (error) {
        const auto fault = faultOf(error, connection, parser);
        return fault && refuse(target, *fault);
    }
    request.body = std::move(parser.get().body());
    const auto response = answerOf(std::move(request));
    if (!response)
        return false;
    if (response->stream)
        response->stream->end();
    look(*response, withBody && !response->stream);
    return parser.keep_alive() && !response->stream;
}

bool HttpBytes::refuse(const std::string &target, const HttpFault &fault)
{
    look(m_handler.refuse(target, fault.status, fault.detail), true);
    return false;
}

std::optional<RestResponse> HttpBytes::answerOf(RestRequest request)
{
    std::vector<RestResponse> answers;
    m_handler.answer(std::move(request),
        [&answers](RestResponse response) { answers.push_back(std::move(response)); });
    while (!m_posted.empty()) {
        const auto task = std::move(m_posted.front());
        m_posted.pop_front();
        task();
    }
    if (answers.size() == 1)
        return std::move(answers.front());
    wrong("a request got " + std::to_string(answers.size()) + " answers");
    return std::nullopt;
}

/// What a client would read of it is what was meant, and nothing besides.
void HttpBytes::look(const RestResponse &response, bool withBody)
{
    m_statuses.push_back(response.status);
    if (response.status == 500)
        wrong("500: " + response.body);
    const auto message = httpMessage(response, true, withBody);
    const std::string text = textOf(message);
    http::response_parser<http::string_body> parser;
    parser.eager(true);
    parser.skip(!withBody);
    error_code error;
    const std::size_t read = parser.put(boost::asio::buffer(text), error);
    if (error || !parser.is_done() || read != text.size())
        return wrong("an answer is no HTTP: " + text);
    const auto count = [](const auto &head) { return std::distance(head.begin(), head.end()); };
    if (count(parser.get()) != count(message) || (withBody && parser.get().body() != response.body))
        return wrong("an answer reads as another one: " + text);
    if (withBody && isJson(response) && !response.body.empty() &&
        !nlohmann::json::accept(response.body))
        wrong("an answer is no JSON: " + response.body);
}

void HttpBytes::wrong(const std::string &what)
{
    if (m_wrong.empty())
        m_wrong = what;
}

} // namespace tests
