#include "engine/activities/builtin/http_answer.h"

#include <QNetworkReply>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace engine {

namespace {

using nlohmann::json;

// In the answer, a body stands one level deeper than by itself.
constexpr JsonLimits bodyLimits{.depth = JsonLimits{}.depth - 2};

std::string jsonBody(const QNetworkReply &reply, const QByteArray &body)
{
    if (body.isEmpty())
        return "null";
    const QByteArray type = reply.rawHeader("Content-Type").toLower();
    if (type.isEmpty() || type.contains("json")) {
        if (const auto parsed =
                JsonText::parse({body.data(), std::size_t(body.size())}, bodyLimits))
            return parsed->text();
    }
    return JsonText::ofString({body.data(), std::size_t(body.size())}).text();
}

std::string jsonHeaders(const QNetworkReply &reply)
{
    json headers = json::object();
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        const std::string text = QString::fromUtf8(value).toStdString();
        headers[QString::fromLatin1(name.toLower()).toStdString()] = text;
    }
    return JsonText::of(headers).text();
}

bool mayPass(int status)
{
    constexpr std::array passing{408, 425, 429};
    return status >= 500 || std::ranges::find(passing, status) != passing.end();
}

} // namespace

Failure httpFailure(const std::string &message, bool retriable)
{
    return {.type = "HttpError", .message = "http: " + message, .retriable = retriable};
}

ActivityOutcome outcomeOf(const QNetworkReply &reply, const QByteArray &body)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return httpFailure(
            reply.errorString().toStdString() + " (" +
                reply.url().toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString() + ")",
            true);
    auto answer = JsonText::parse("{\"status\":" + std::to_string(status) + ",\"headers\":" +
                                  jsonHeaders(reply) + ",\"body\":" + jsonBody(reply, body) + "}");
    if (!answer)
        return httpFailure("the answer cannot be kept: " + answer.error().message, false);
    const bool broken = reply.error() != QNetworkReply::NoError;
    const bool followed = status < 300 || status >= 400 || !broken;
    if (status < 300 && broken)
        return httpFailure("the answer broke off: " + reply.errorString().toStdString(), true);
    if (status < 400 && followed)
        return *std::move(answer);
    Failure failure =
        httpFailure(followed ? "the server answered " + std::to_string(status)
                             : "the server leads to another place, which is not followed",
            mayPass(status));
    failure.details = *std::move(answer);
    return failure;
}

} // namespace engine
