#include "tests/support/http_stub.h"

#include <QMetaObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace tests {

namespace {

/// Takes a whole request off the front of `buffer`.
std::optional<HttpStub::Request> take(QByteArray &buffer)
{
    const auto headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return {};
    const auto lines = buffer.left(headEnd).split('\n');
    const auto first = lines.front().trimmed().split(' ');
    HttpStub::Request request{.method = first.value(0), .target = first.value(1)};
    for (const QByteArray &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const auto length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return {};
    request.body = buffer.mid(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);
    return request;
}

QByteArray written(const HttpStub::Answer &answer)
{
    return "HTTP/1.1 " + QByteArray::number(answer.status) + " Status\r\n" + answer.headers +
           "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n" + answer.body;
}

} // namespace

HttpStub::HttpStub(Handler handler)
    : m_handler(std::move(handler))
{
    m_place->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_place, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_place, [this] { listen(); }, Qt::BlockingQueuedConnection);
}

HttpStub::~HttpStub()
{
    m_thread.quit();
    m_thread.wait();
}

QString HttpStub::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path);
}

void HttpStub::listen()
{
    m_server = new QTcpServer(m_place);
    m_server->setMaxPendingConnections(2000);
    m_server->listen(QHostAddress::LocalHost);
    m_port = m_server->serverPort();
    QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            auto buffer = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, buffer] {
                *buffer += socket->readAll();
                while (const auto request = take(*buffer)) {
                    if (const auto answer = m_handler(*request))
                        QTimer::singleShot(answer->delayMs, socket,
                            [socket, bytes = written(*answer)] { socket->write(bytes); });
                }
            });
        }
    });
}

} // namespace tests
