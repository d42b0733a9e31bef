#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace tests {

/// A shop on loopback that takes every payment.
class StubShop : public QObject
{
public:
    StubShop()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *caller = m_server.nextPendingConnection())
                connect(caller, &QTcpSocket::readyRead, this, [this, caller] { answer(*caller); });
        });
    }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()); }
    int payments() const { return m_payments; }

private:
    void answer(QTcpSocket &caller)
    {
        const QByteArray request = caller.property("request").toByteArray() + caller.readAll();
        caller.setProperty("request", request);
        const qsizetype head = request.indexOf("\r\n\r\n");
        if (head < 0)
            return;
        const QByteArray lengthName = "content-length: ";
        const qsizetype at = request.toLower().indexOf(lengthName);
        const qsizetype length = at < 0
                                     ? 0
                                     : request
                                           .mid(at + lengthName.size(),
                                               request.indexOf('\r', at) - at - lengthName.size())
                                           .toInt();
        if (request.size() < head + 4 + length)
            return;
        ++m_payments;
        const QByteArray body = R"({"accepted":true})";
        caller.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                     "Content-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        caller.disconnectFromHost();
    }

    QTcpServer m_server;
    int m_payments = 0;
};

} // namespace tests
