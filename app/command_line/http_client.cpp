#include "app/command_line/http_client.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <memory>

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

} // namespace

QNetworkRequest requestFor(const ApiPlace &place, const ApiCall &call)
{
    QByteArray address = QByteArray::fromStdString(place.url);
    while (address.endsWith('/'))
        address.chop(1);
    QNetworkRequest request(QUrl::fromEncoded(address + QByteArray::fromStdString(call.path)));
    request.setTransferTimeout(call.patienceMs);
    // Signalbox sends nobody elsewhere; a key must not go where somebody else says.
    request.setAttribute(
        QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!place.key.empty())
        request.setRawHeader("x-functions-key", QByteArray::fromStdString(place.key));
    if (!call.body.empty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    for (const auto &[name, value] : call.headers)
        request.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    return request;
}

Result<HttpReply> callApi(const ApiPlace &place, const ApiCall &call)
{
    QNetworkAccessManager network;
    network.setProxy(QNetworkProxy::NoProxy);
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(requestFor(place, call),
        QByteArray::fromStdString(call.method), QByteArray::fromStdString(call.body)));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    const auto status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!status.isValid())
        return Error{ErrorCode::Unavailable,
            "no Signalbox answers at " + place.url + ": " + reply->errorString().toStdString(), {}};
    return HttpReply{
        status.toInt(), reply->readAll().toStdString(), reply->rawHeader("Retry-After").toInt()};
}

} // namespace app
