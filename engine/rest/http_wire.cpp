#include "engine/rest/http_wire.h"

#include "engine/rest/error_status.h"

#include <date/date.h>

#include <chrono>
#include <string>
#include <utility>

namespace engine {

namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

/// RFC 9110, 5.6.7: always in English and GMT. Made once a second: streams are slow.
const std::string &httpDate()
{
    using Second = std::chrono::sys_seconds;
    thread_local std::pair<Second, std::string> last;
    const Second now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (last.second.empty() || last.first != now)
        last = {now, date::format("%a, %d %b %Y %T GMT", now)};
    return last.second;
}

template<typename Message>
void setHead(Message &message, const RestResponse &response)
{
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    const auto reason = reasonOf(response.status);
    message.reason({reason.data(), reason.size()});
    message.set(http::field::date, httpDate());
    message.set(http::field::cache_control, "no-store");
    message.set("X-Content-Type-Options", "nosniff");
    for (const auto &[name, value] : response.headers)
        message.insert(name, value);
}

/// Whether the limit was reached before the request line had ended.
bool isWithinRequestLine(const HttpConnection &connection, const HttpParser &parser)
{
    const auto seen = connection.buffer.cdata();
    const std::string_view head(static_cast<const char *>(seen.data()), seen.size());
    return parser.get().target().empty() &&
           head.substr(0, connection.headLimit).find('\n') == std::string_view::npos;
}

} // namespace

std::string httpText(boost::beast::string_view view) { return {view.data(), view.size()}; }

void keepWithin(HttpParser &parser, const HttpLimits &limits)
{
    parser.header_limit(static_cast<std::uint32_t>(limits.head));
    parser.body_limit(limits.body);
}

std::optional<HttpFault> faultOf(
    const error_code &error, const HttpConnection &connection, const HttpParser &parser)
{
    if (connection.timedOut)
        return HttpFault{408, "the request did not arrive in time"};
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return isWithinRequestLine(connection, parser)
                   ? HttpFault{414, "the URL is too long"}
                   : HttpFault{431, "the headers are too large"};
    if (error == http::error::body_limit)
        return HttpFault{413, "the body is too large"};
    if (error == http::error::bad_version)
        return HttpFault{505, "this port speaks HTTP/1.1"};
    if (error == http::error::end_of_stream || error == http::error::partial_message ||
        error.category() != http::make_error_code(http::error::bad_method).category())
        return {};
    return HttpFault{400, "this is not an HTTP/1.1 request: " + error.message()};
}

std::optional<HttpFault> faultOf(const HttpHead &head, const HttpLimits &limits)
{
    if (head.target().size() > limits.url)
        return HttpFault{414, "the URL is too long"};
    if (head.count(http::field::host) > 1)
        return HttpFault{400, "there is more than one Host header"};
    const auto coding = head[http::field::transfer_encoding];
    if (!coding.empty() && !sameText(httpText(coding), "chunked"))
        return HttpFault{501, "of transfer codings only 'chunked' is understood"};
    const auto expected = head[http::field::expect];
    if (!expected.empty() && !sameText(httpText(expected), "100-continue"))
        return HttpFault{417, "of expectations only '100-continue' is understood"};
    return {};
}

RestRequest requestOf(const HttpHead &head)
{
    RestRequest request;
    request.method = httpText(head.method_string());
    request.target = httpText(head.target());
    request.host = httpText(head[http::field::host]);
    constexpr std::string_view scheme = "http://";
    if (sameText(std::string_view(request.target).substr(0, scheme.size()), scheme)) {
        const auto end = request.target.find_first_of("/?", scheme.size());
        request.host = request.target.substr(scheme.size(), end - scheme.size());
        request.target = end == std::string::npos ? "/" : request.target.substr(end);
    }
    for (const auto &field : head)
        request.headers.emplace_back(httpText(field.name_string()), httpText(field.value()));
    return request;
}

HttpStreamHead httpStreamHead(const RestResponse &response, bool inChunks)
{
    HttpStreamHead head;
    setHead(head, response);
    if (inChunks)
        head.chunked(true);
    head.set(http::field::connection, "close");
    return head;
}

HttpMessage httpMessage(const RestResponse &response, bool keepAlive, bool withBody)
{
    HttpMessage message;
    setHead(message, response);
    if (response.status != 204)
        message.content_length(response.body.size());
    message.set(http::field::connection, keepAlive ? "keep-alive" : "close");
    if (withBody)
        message.body() = response.body;
    return message;
}

} // namespace engine
