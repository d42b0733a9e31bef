#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QHash>
#include <QTcpSocket>

#include <utility>

namespace tests {

struct HttpAnswer {
    int status = 0; ///< 0: the connection ended without an answer
    QByteArray reason;
    QHash<QByteArray, QByteArray> headers; ///< by lower-case name
    QByteArray body;
};

/// A raw connection to the server under test: what is sent is exactly what the test says.
class HttpClient
{
public:
    explicit HttpClient(quint16 port, const QString &address = QStringLiteral("127.0.0.1"))
        : m_port(port)
    {
        m_socket.connectToHost(address, port);
        m_connected = m_socket.waitForConnected(patience);
    }

    bool isConnected() const { return m_connected; }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }

    /// Reads one answer; `toHead`: it answers a HEAD and has no body.
    HttpAnswer receive(bool toHead = false)
    {
        HttpAnswer answer;
        while (!m_read.contains("\r\n\r\n"))
            if (!readMore())
                return answer;
        const auto end = m_read.indexOf("\r\n\r\n");
        const auto lines = m_read.left(end).split('\n');
        m_read.remove(0, end + 4);
        answer.status = lines.front().mid(9, 3).toInt();
        answer.reason = lines.front().mid(13).trimmed();
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const auto colon = lines[i].indexOf(':');
            answer.headers.insert(
                lines[i].left(colon).trimmed().toLower(), lines[i].mid(colon + 1).trimmed());
        }
        if (answer.headers.value("content-type") == "text/event-stream" && !toHead) {
            answer.body = std::exchange(m_read, {}); // the beginning of what has no end
            return answer;
        }
        const auto length = toHead ? 0 : answer.headers.value("content-length").toLongLong();
        while (m_read.size() < length)
            if (!readMore())
                return {};
        answer.body = m_read.left(length);
        m_read.remove(0, length);
        return answer;
    }

    /// A whole request: `extra` are further header lines, each ended by CRLF.
    HttpAnswer call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
        const QByteArray &extra = {})
    {
        QByteArray request = method + ' ' + target +
                             " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n" +
                             extra;
        if (!body.isEmpty() || method == "POST")
            request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        send(request + "\r\n" + body);
        return receive(method == "HEAD");
    }

    /// Whether the server has ended the connection, with nothing more to read.
    bool isClosed()
    {
        while (readMore()) {
        }
        return m_read.isEmpty() && m_socket.state() == QAbstractSocket::UnconnectedState;
    }

    QTcpSocket &socket() { return m_socket; }

private:
    bool readMore()
    {
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(patience))
            return false;
        m_read += m_socket.readAll();
        return true;
    }

    static constexpr int patience = 10'000;
    quint16 m_port;
    QTcpSocket m_socket;
    QByteArray m_read;
    bool m_connected = false;
};

} // namespace tests
