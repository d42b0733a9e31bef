#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>
#include <QThread>

#include <functional>
#include <optional>

class QTcpServer;

namespace tests {

/// A server on loopback that answers as its test says. It has a thread of its own, so that a test
/// can wait.
class HttpStub
{
public:
    struct Request {
        QByteArray method;
        QByteArray target;
        QHash<QByteArray, QByteArray> headers; ///< names in lower case
        QByteArray body;
    };
    struct Answer {
        int status = 200;
        QByteArray headers; ///< whole lines, each with its end
        QByteArray body;
        int delayMs = 0;
    };
    /// Called on the server's thread. Nothing: it never answers.
    using Handler = std::function<std::optional<Answer>(const Request &)>;

    explicit HttpStub(Handler handler);
    ~HttpStub();

    QString url(const QString &path) const;

private:
    void listen();

    Handler m_handler;
    QThread m_thread;
    QObject *m_place = new QObject;
    QTcpServer *m_server = nullptr;
    quint16 m_port = 0;
};

} // namespace tests
