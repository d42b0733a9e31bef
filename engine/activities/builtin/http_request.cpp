#include "engine/activities/builtin/http_request.h"

#include <QUrl>
#include <QUrlQuery>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using nlohmann::json;

Error wrong(const std::string &what, const std::string &pointer)
{
    return {ErrorCode::InvalidArgument, "http: " + what, pointer};
}

/// A scalar as it stands in a query or a header.
std::optional<QString> plainText(const json &value)
{
    if (value.is_string())
        return QString::fromStdString(value.get_ref<const std::string &>());
    if (value.is_number() || value.is_boolean())
        return QString::fromStdString(value.dump());
    return {};
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

Result<QUrl> urlFrom(const json &with)
{
    const auto text = with.contains("url") ? plainText(with["url"]) : std::nullopt;
    QUrl url(text.value_or(QString()), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
        return wrong("'url' must be a whole http or https address", "/url");
    if (!with.contains("query"))
        return url;
    if (!with["query"].is_object())
        return wrong("'query' must be an object", "/query");
    QUrlQuery query(url);
    for (const auto &[name, value] : with["query"].items()) {
        const auto written = plainText(value);
        if (!written && !value.is_null())
            return wrong("'query." + name + "' must be a text, a number or a boolean", "/query");
        // Encoded here, or a plus sign would arrive as a blank.
        const auto encoded = [](const QString &part) {
            return QString::fromLatin1(QUrl::toPercentEncoding(part));
        };
        if (written)
            query.addQueryItem(encoded(QString::fromStdString(name)), encoded(*written));
    }
    url.setQuery(query);
    return url;
}

Result<void> addHeaders(const json &headers, HttpRequest &request)
{
    if (!headers.is_object())
        return wrong("'headers' must be an object", "/headers");
    for (const auto &[name, value] : headers.items()) {
        const auto text = plainText(value);
        const QByteArray key = QByteArray::fromStdString(name);
        if (!isToken(key) || !text || text->contains(u'\r') || text->contains(u'\n'))
            return wrong(
                "'headers." + name + "' must be a name and a text of one line", "/headers");
        request.setHeader(key, text->toUtf8());
    }
    return {};
}

auto findHeader(auto &headers, const QByteArray &name)
{
    return std::find_if(headers.begin(), headers.end(), [&name](const auto &header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

QByteArray HttpRequest::header(const QByteArray &name) const
{
    const auto found = findHeader(headers, name);
    return found == headers.end() ? QByteArray() : found->second;
}

void HttpRequest::setHeader(const QByteArray &name, const QByteArray &value)
{
    const auto found = findHeader(headers, name);
    if (found == headers.end())
        headers.emplace_back(name, value);
    else
        found->second = value;
}

void HttpRequest::removeHeader(const QByteArray &name)
{
    if (const auto found = findHeader(headers, name); found != headers.end())
        headers.erase(found);
}

Result<HttpRequest> httpRequestFrom(const ActivityRequest &asked)
{
    const json with = asked.with.tree();
    if (!with.is_object())
        return wrong("'with' must be an object with 'url'", "");
    auto url = urlFrom(with);
    if (!url)
        return url.error();
    const json methodMember = with.value("method", json("GET"));
    const auto method =
        methodMember.is_string() ? plainText(methodMember)->toLatin1().toUpper() : QByteArray();
    if (!isToken(method) || method == "CONNECT" || method == "TRACE")
        return wrong("'method' must be GET, POST, PUT, PATCH, DELETE or another", "/method");

    HttpRequest http{.method = method, .url = *url, .hasBody = with.contains("body")};
    http.setHeader("Idempotency-Key", QByteArray::fromStdString(toText(asked.key)));
    http.setHeader("User-Agent", "Signalbox");
    if (http.hasBody) {
        http.setHeader("Content-Type", "application/json");
        http.body = QByteArray::fromStdString(JsonText::of(with["body"]).text());
    }
    if (with.contains("headers")) {
        if (auto added = addHeaders(with["headers"], http); !added)
            return added.error();
    }
    const bool json = http.header("Content-Type").contains("json");
    if (http.hasBody && with["body"].is_string() && !json)
        http.body = QByteArray::fromStdString(with["body"].get<std::string>());
    return http;
}

} // namespace engine
