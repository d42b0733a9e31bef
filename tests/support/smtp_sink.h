#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <memory>
#include <mutex>

namespace tests {

/// A mail server on loopback that keeps what it is given and refuses the address `full@…` for now
/// and `nobody@…` for good. It has a thread of its own.
class SmtpSink
{
public:
    struct Mail {
        QByteArray from;
        QList<QByteArray> to;
        QByteArray message; ///< dots undone
        QByteArray login;   ///< decoded, of AUTH PLAIN
    };

    SmtpSink()
    {
        m_place->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_place, &QObject::deleteLater);
        m_thread.start();
        QMetaObject::invokeMethod(
            m_place, [this] { listen(); }, Qt::BlockingQueuedConnection);
    }
    ~SmtpSink()
    {
        m_thread.quit();
        m_thread.wait();
    }

    quint16 port() const { return m_port; }
    QList<Mail> mails()
    {
        const std::lock_guard lock(m_mutex);
        return m_mails;
    }

private:
    struct Session {
        QByteArray buffer;
        Mail mail;
        bool inMessage = false;
    };

    void listen()
    {
        auto *server = new QTcpServer(m_place);
        server->listen(QHostAddress::LocalHost);
        m_port = server->serverPort();
        QObject::connect(server, &QTcpServer::newConnection, server, [this, server] {
            while (QTcpSocket *socket = server->nextPendingConnection()) {
                auto session = std::make_shared<Session>();
                QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, session] {
                    session->buffer += socket->readAll();
                    for (qsizetype end; (end = session->buffer.indexOf("\r\n")) >= 0;) {
                        const QByteArray line = session->buffer.left(end);
                        session->buffer.remove(0, end + 2);
                        socket->write(answerTo(line, *session));
                    }
                });
                socket->write("220 sink\r\n");
            }
        });
    }

    QByteArray answerTo(const QByteArray &line, Session &session)
    {
        if (session.inMessage)
            return takeLine(line, session);
        const QByteArray verb = line.left(4).toUpper();
        if (verb == "EHLO")
            return "250-sink\r\n250 AUTH PLAIN\r\n";
        if (verb == "AUTH") {
            session.mail.login = QByteArray::fromBase64(line.mid(11));
            return "235 welcome\r\n";
        }
        if (verb == "MAIL") {
            session.mail.from = address(line);
            session.mail.to.clear();
            session.mail.message.clear();
        }
        if (verb == "RCPT" && address(line).startsWith("full@"))
            return "452 full\r\n";
        if (verb == "RCPT" && address(line).startsWith("nobody@"))
            return "550 nobody\r\n";
        if (verb == "RCPT")
            session.mail.to += address(line);
        session.inMessage = verb == "DATA";
        return session.inMessage ? "354 go on\r\n"
               : verb == "QUIT"  ? "221 bye\r\n"
                                 : "250 fine\r\n";
    }

    QByteArray takeLine(const QByteArray &line, Session &session)
    {
        session.inMessage = line != ".";
        if (session.inMessage) {
            session.mail.message += line.mid(line.startsWith('.') ? 1 : 0) + "\r\n";
            return {};
        }
        const std::lock_guard lock(m_mutex);
        m_mails += session.mail;
        return "250 taken\r\n";
    }

    static QByteArray address(const QByteArray &line)
    {
        return line.mid(line.indexOf('<') + 1).split('>').first();
    }

    QThread m_thread;
    QObject *m_place = new QObject;
    quint16 m_port = 0;
    std::mutex m_mutex;
    QList<Mail> m_mails;
};

} // namespace tests
