#include "app/command_line/calls.h"
#include "app/command_line/commands.h"
#include "app/command_line/event_text.h"
#include "app/command_line/input_file.h"
#include "app/command_line/json_fields.h"
#include "app/command_line/printing.h"
#include "app/command_line/raise_line.h"

#include <QEventLoop>
#include <QFileInfo>
#include <QTimer>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

namespace app {
namespace {

using nlohmann::json;

std::string raisedText(const std::string &event, const json &answer)
{
    if (answer.contains("reached"))
        return reachedText(event, answer);
    return "raised " + event + " for " + answer.at("instance").get<std::string>() +
           (answer.at("duplicate").get<bool>() ? " (it was raised before)\n" : "\n");
}

/// An engine that has much to do says when to come again; many lines are where that happens.
engine::Result<HttpReply> patientCall(const Connection &connection, const ApiCall &call)
{
    constexpr int mostTries = 60;
    auto reply = connection.call(call);
    for (int tries = 1; reply && reply->status == 503 && reply->retryAfter > 0 && tries < mostTries;
         ++tries) {
        QEventLoop loop;
        QTimer::singleShot(reply->retryAfter * 1000, &loop, &QEventLoop::quit);
        loop.exec();
        reply = connection.call(call);
    }
    return reply;
}

/// Raises line by line, and counts what became of them.
class Lines
{
public:
    Lines(const Connection &connection, const RaiseLinesCommand &command)
        : m_connection(connection)
        , m_command(command)
    {}

    int raiseAll(std::istream &input)
    {
        std::string line;
        while (m_status != NotReachable && isPrinted() && std::getline(input, line)) {
            ++m_number;
            if (line.find_first_not_of(" \t\r") != std::string::npos)
                raise(line);
        }
        if (m_failed > 0)
            printError(std::to_string(m_raised) + " raised, " + std::to_string(m_failed) + " not");
        return m_status;
    }

private:
    std::string place() const { return "line " + std::to_string(m_number) + ": "; }
    void note(int status)
    {
        m_status = std::max(m_status, status);
        ++m_failed;
    }
    void raise(const std::string &line)
    {
        const auto call = callOfLine(line, m_command.correlate);
        if (!call) {
            printError(place() + call.error().message);
            return note(Refused);
        }
        const auto reply = patientCall(m_connection, *call);
        if (!reply && statusOf(reply.error()) == NotReachable) {
            printError(place() + reply.error().message + "; no line behind it was raised");
            return note(NotReachable);
        }
        if (!reply) {
            printError(place() + reply.error().message);
            return note(Refused);
        }
        if (!reply->isDone())
            return note(sayRefused(*reply, m_command.target, {}, place()));
        const std::string event = json::parse(line).at("event").get<std::string>();
        const int status = sayAnswer(*reply, m_command.target,
            [&event](const json &answer) { return raisedText(event, answer); });
        if (status == Done)
            ++m_raised;
        else
            note(status);
    }

    const Connection &m_connection;
    const RaiseLinesCommand &m_command;
    std::int64_t m_number = 0;
    std::int64_t m_raised = 0;
    std::int64_t m_failed = 0;
    int m_status = Done;
};

} // namespace

int run(const RaiseCommand &command)
{
    const auto payload = writtenJson(command.payload);
    if (!payload)
        return fail(payload.error(), WrongUsage);
    return callAndSay(command.target, raiseCall(command, *payload),
        [&](const json &answer) { return raisedText(command.event, answer); });
}

int run(const RaiseLinesCommand &command)
{
    std::ifstream file;
    if (command.file != "-") {
        errno = 0;
        if (!QFileInfo(QString::fromStdString(command.file)).isDir())
            file.open(command.file);
        if (!file.is_open()) {
            printError("cannot read '" + command.file +
                       "': " + (errno == 0 ? "it is a directory" : std::strerror(errno)));
            return WrongUsage;
        }
    }
    const auto connection = Connection::open(command.target);
    if (!connection)
        return fail(connection.error(), NotReachable);
    return Lines(**connection, command).raiseAll(command.file == "-" ? std::cin : file);
}

} // namespace app
