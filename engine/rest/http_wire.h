#pragma once

#include "engine/rest/http_connection.h"
#include "engine/rest/http_server.h"

#include <boost/beast/http.hpp>

#include <optional>
#include <string>

namespace engine {

// Between Beast's messages and ours.

using HttpParser = boost::beast::http::request_parser<boost::beast::http::string_body>;
using HttpHead = boost::beast::http::request<boost::beast::http::string_body>;
using HttpMessage = boost::beast::http::response<boost::beast::http::string_body>;

using HttpStreamHead = boost::beast::http::response<boost::beast::http::empty_body>;

/// Takes no more than that of a head and of a body.
void keepWithin(HttpParser &parser, const HttpLimits &limits);

/// Why something is no request that we take.
struct HttpFault {
    int status = 400;
    std::string detail;
};

/// What to say to a request that cannot be read; nothing if the client has simply gone.
std::optional<HttpFault> faultOf(const boost::system::error_code &error,
    const HttpConnection &connection, const HttpParser &parser);
/// Transfer codings and expectations that we do not know, and a URL over its limit.
std::optional<HttpFault> faultOf(const HttpHead &head, const HttpLimits &limits);
/// `GET http://host/path` names its host in the target, and that counts (RFC 9112, 3.2.2).
RestRequest requestOf(const HttpHead &head);
/// Without its body, but with its length, for a HEAD.
HttpMessage httpMessage(const RestResponse &response, bool keepAlive, bool withBody);
/// The head of a stream: in chunks, or, for an old client, up to the end of the connection.
HttpStreamHead httpStreamHead(const RestResponse &response, bool inChunks);
std::string httpText(boost::beast::string_view view);

} // namespace engine
