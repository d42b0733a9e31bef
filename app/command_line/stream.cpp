#include "app/command_line/api_path.h"
#include "app/command_line/calls.h"
#include "app/command_line/commands.h"
#include "app/command_line/json_fields.h"
#include "app/command_line/printing.h"
#include "app/command_line/stream_filter.h"
#include "app/command_line/stream_text.h"
#include "app/command_line/termination.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

namespace app {
namespace {

using nlohmann::json;

/// The server says something every 15 seconds; whoever is silent for longer is gone.
constexpr int silenceMs = 45'000;
constexpr int pauseMs = 1000;

/// Reads the stream, and again when it ends, and prints what comes. Ends the application when it
/// knows how. Main thread.
class Follower : public QObject
{
public:
    Follower(Connection &connection, const StreamCommand &command)
        : m_connection(connection)
        , m_command(command)
        , m_filter(command)
    {
        m_network.setProxy(QNetworkProxy::NoProxy);
    }

    void connectNow()
    {
        m_reader.restart();
        ApiCall call{.path = "/api/v1/stream", .patienceMs = silenceMs};
        const std::string &last = m_reader.lastId().empty() ? m_command.after : m_reader.lastId();
        if (!last.empty())
            call.headers.emplace_back("Last-Event-ID", last);
        m_reply.reset(m_network.get(requestFor(m_connection.place(), call)));
        connect(m_reply.get(), &QNetworkReply::readyRead, this, &Follower::read);
        connect(m_reply.get(), &QNetworkReply::finished, this, &Follower::ended);
    }

private:
    int status() const
    {
        return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }
    void finish(int with)
    {
        m_isOver = true;
        QCoreApplication::exit(with);
    }
    void read()
    {
        if (m_isOver || status() != 200)
            return;
        if (!m_reply->rawHeader("Content-Type").startsWith("text/event-stream"))
            return sayStrange();
        if (std::exchange(m_isLost, false))
            printError("connected again");
        if (!std::exchange(m_isConnected, true))
            askState();
        const QByteArray bytes = m_reply->readAll();
        for (const ServerEvent &event :
            m_reader.read({bytes.data(), static_cast<std::size_t>(bytes.size())}))
            take(event);
    }
    void take(const ServerEvent &event)
    {
        if (!json::accept(event.data))
            return sayStrange();
        for (const ServerEvent &one : m_filter.take(event)) {
            if (m_isOver)
                return;
            print(m_command.target.json ? streamJsonLine(one)
                                        : streamLine(one, json::parse(one.data)));
            if (const auto verdict = m_filter.judge(one))
                return finish(*verdict);
            if (one.name == "reset")
                askState();
        }
        if (!isPrinted())
            finish(Done);
    }
    /// It may be so already, and then nothing will come that says it. The stream is open by now, so
    /// that nothing is missed in between.
    void askState()
    {
        if (m_command.until.empty() || m_command.instance.empty())
            return;
        m_state.reset(m_network.get(
            requestFor(m_connection.place(), {.path = instancePath(m_command.instance)})));
        connect(m_state.get(), &QNetworkReply::finished, this, [this] {
            const auto code = m_state->attribute(QNetworkRequest::HttpStatusCodeAttribute);
            const HttpReply reply{code.toInt(), m_state->readAll().toStdString()};
            const json body = json::parse(reply.body, nullptr, false);
            if (m_isOver || !code.isValid()) // the stream hears of that too
                return;
            if (!reply.isDone())
                return finish(sayRefused(reply, m_command.target));
            if (const auto verdict = m_filter.judge(field(body, "status")))
                finish(*verdict);
        });
    }
    void ended()
    {
        if (m_isOver)
            return;
        const HttpReply reply{status(), m_reply->readAll().toStdString()};
        if (reply.status == 200 && !m_isConnected)
            return sayStrange();
        if (reply.status == 0 && !m_isConnected) {
            printError("no Signalbox answers at " + m_connection.place().url + ": " +
                       m_reply->errorString().toStdString());
            return finish(NotReachable);
        }
        const bool comesBack =
            m_isConnected && (reply.status == 200 || reply.status == 0 || reply.status >= 500);
        if (!comesBack)
            return finish(sayRefused(reply, m_command.target));
        if (!std::exchange(m_isLost, true))
            printError("the connection is lost; trying again until Ctrl+C");
        m_connection.findAgain();
        QTimer::singleShot(pauseMs, this, &Follower::connectNow);
    }
    void sayStrange()
    {
        printError("what answers at " + m_connection.place().url +
                   " is not the stream of a Signalbox; is the address right?");
        finish(NotReachable);
    }

    struct Later {
        void operator()(QNetworkReply *reply) const
        {
            reply->disconnect();
            reply->abort();
            reply->deleteLater();
        }
    };

    Connection &m_connection;
    const StreamCommand &m_command;
    StreamFilter m_filter;
    ServerEventReader m_reader;
    QNetworkAccessManager m_network;
    std::unique_ptr<QNetworkReply, Later> m_reply;
    std::unique_ptr<QNetworkReply, Later> m_state;
    bool m_isConnected = false; ///< it was, once
    bool m_isLost = false;
    bool m_isOver = false;
};

} // namespace

int run(const StreamCommand &command)
{
    const Termination termination([] { QCoreApplication::exit(Done); });
    const auto connection = Connection::open(command.target);
    if (!connection)
        return fail(connection.error(), NotReachable);
    Follower follower(**connection, command);
    follower.connectNow();
    return QCoreApplication::exec();
}

} // namespace app
